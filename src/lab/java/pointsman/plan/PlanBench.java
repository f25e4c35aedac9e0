package pointsman.plan;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import pointsman.cache.CacheRule;
import pointsman.table.Table;
import pointsman.table.TableLimits;
import pointsman.table.TableReader;
import pointsman.tokens.TokenCounter;

/// Prints, for each table, the data-PHR of every ordering, and what reading, weighing and planning take; for the plan
/// also what is reused of whole prompts, the instruction included, as it is and in blocks of 16 tokens.
///
/// The two generated tables are always there.
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Measures every ordering of every table: what hits, and what it takes to read, weigh and plan.")
public final class PlanBench implements Callable<Integer> {
    private static final List<Case> CASES = List.of(
            new Case("beer.csv.gz", List.of()),
            new Case("rt_movies15k.parquet", List.of()),
            new Case("credit.parquet", List.of()),
            new Case("climate_fever.parquet", List.of()),
            new Case("climate_fever.parquet", List.of("evidence1", "evidence2", "evidence3", "evidence4", "evidence5")),
            new Case("xquad_rag_en.parquet", List.of()),
            new Case("xquad_rag_en.parquet", List.of("context1", "context2", "context3", "context4", "context5")),
            new Case("generated 30k x 57", List.of()),
            new Case("generated 1M x 9", List.of()));

    /// An instruction as long as those of the paper's queries, for the share of whole prompts.
    private static final String INSTRUCTION = """
            You are a data analyst. Use the JSON object below to answer the question about its fields. Answer with the
            answer alone, without an explanation and without any other text.
            Question: judging by what the fields say of this beer and of its style, does it come from a European
            country? Answer YES if it does and NO if it does not.
            Data:
            """;

    @Option(names = "--tables", paramLabel = "DIRECTORY", required = true, description = "Where the tables lie.")
    private Path folder = Path.of("");

    @Option(names = "--seconds", paramLabel = "N", description = "Of the longest search. Default: ${DEFAULT-VALUE}.")
    private long longest = 10;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "Only this one, so that each can have a JVM of its own.")
    private @Nullable String only;

    /// A table and its interchangeable columns.
    private record Case(String name, List<String> set) {
        Table table(Path folder) throws IOException {
            return switch (name) {
                case "generated 30k x 57" -> GeneratedTables.wide(30_000, 57);
                case "generated 1M x 9" -> GeneratedTables.reviews(1_000_000);
                default -> new TableReader(TableLimits.DEFAULT).read(folder.resolve(name));
            };
        }

        boolean isThere(Path folder) {
            return name.startsWith("generated") || Files.exists(folder.resolve(name));
        }
    }

    @Override
    public Integer call() throws IOException {
        print(
                "table",
                "read",
                "weigh",
                "given",
                "sorted",
                "fallback",
                "fixed",
                "s",
                "GGR",
                "s",
                "steps 0",
                "s",
                "default",
                "full",
                "blocks",
                "s",
                "budget",
                "s",
                "MiB");
        for (var one : CASES) {
            boolean wanted = only == null || one.name().equals(only);
            if (wanted && one.isThere(folder)) {
                measure(one, folder, Duration.ofSeconds(longest));
            }
        }
        return 0;
    }

    private static void measure(Case one, Path folder, Duration time) throws IOException {
        var pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getType() == MemoryType.HEAP)
                .toList();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        var clock = new Clock();
        var table = one.table(folder);
        var read = clock.seconds();
        var sets = one.set().isEmpty() ? List.<List<String>>of() : List.of(one.set());
        var cells = new CellsBuilder(table, TokenCounter.o200k()).build(List.of(), sets);
        var weigh = clock.seconds();
        var options = PlanOptions.DEFAULT.withOrders(PlanOptions.Orders.PER_ROW);
        var quick = rate(
                cells,
                new Portfolio(cells, options.withSteps(0), Long.MAX_VALUE)
                        .plan()
                        .ordering());
        var quickTime = clock.seconds();
        var plan = new Portfolio(cells, options, System.nanoTime() + 3_600_000_000_000L).plan();
        var standard = rate(cells, plan.ordering());
        var standardTime = clock.seconds();
        var deadline = System.nanoTime() + time.toNanos();
        var long_ = rate(
                cells,
                new Portfolio(cells, options.withSteps(Long.MAX_VALUE).withTime(time), deadline)
                        .plan()
                        .ordering());
        var longTime = clock.seconds();
        var fixed = rate(cells, new FixedOrder().solve(cells));
        var fixedTime = clock.seconds();
        boolean small = (long) table.rows() * table.names().size() < 1_500_000;
        var ggr = small ? rate(cells, new Ggr(Ggr.Stop.NEVER, Ggr.Lengths.SQUARED).solve(cells)) : "-";
        var ggrTime = clock.seconds();
        long peak =
                pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() >> 20;
        print(
                one.name() + (one.set().isEmpty() ? "" : " as sets"),
                read,
                weigh,
                rate(cells, Ordering.given(cells.rows(), cells.width())),
                rate(cells, new SortedRows().solve(cells)),
                rate(cells, new ColumnStatistics().solve(cells)),
                fixed,
                fixedTime,
                ggr,
                ggrTime,
                quick,
                quickTime,
                standard,
                full(plan, new CacheRule(0, 1)),
                full(plan, new CacheRule(0, 16)),
                standardTime,
                long_,
                longTime,
                Long.toString(peak));
    }

    /// What of whole prompts, the instruction included, a cache with such a rule reuses.
    private static String full(Plan plan, CacheRule rule) {
        int instruction = TokenCounter.o200k().count(INSTRUCTION);
        return String.format(
                Locale.ROOT, "%.2f", 100 * plan.predict(rule, 2, instruction).rate());
    }

    private static String rate(Cells cells, Ordering ordering) {
        return String.format(Locale.ROOT, "%.2f", 100.0 * new HitCount(cells).hits(ordering) / cells.tokens());
    }

    private static void print(String... columns) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-32s", columns[0]));
        for (int i = 1; i < columns.length; i++) {
            line.append(String.format(Locale.ROOT, "%9s", columns[i]));
        }
        System.out.println(line);
    }

    /// Seconds since it was last asked.
    private static final class Clock {
        private long last = System.nanoTime();

        String seconds() {
            long now = System.nanoTime();
            double seconds = (now - last) / 1e9;
            last = now;
            return String.format(Locale.ROOT, "%.2f", seconds);
        }
    }
}
