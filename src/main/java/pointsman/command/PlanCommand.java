package pointsman.command;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.plan.Dependency;
import pointsman.plan.PlanOptions;
import pointsman.plan.Planner;
import pointsman.table.Table;
import pointsman.table.TableFormat;
import pointsman.table.TableLimits;
import pointsman.table.TableReader;
import pointsman.tokens.TokenCounter;

/// `plan`: reads a table and writes in which order its rows and their fields are to be sent.
///
/// The plan is written as a whole or not at all. What is wrong with the input is said in a sentence on the error
/// stream, with exit code 2; so is what the progress is.
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Orders the rows and fields of a table so that prompts share their beginnings.")
public final class PlanCommand implements Callable<Integer> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--in",
            required = true,
            paramLabel = "TABLE",
            description = "a .csv, .tsv, .jsonl or .parquet file (texts also as .gz)")
    private Path input = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PLAN.jsonl",
            description = "one JSON object a line, in the order of sending")
    private Path output = Path.of("");

    @Option(
            names = "--orders",
            defaultValue = "fixed",
            paramLabel = "fixed|per-row",
            description =
                    "one order of keys for all rows (default; columns of a --set still change places), or one for each")
    private String orders = "fixed";

    @Option(
            names = "--set",
            paramLabel = "a,b,...",
            description =
                    "columns whose values may change places under one key, with either --orders; repeat for more sets")
    private List<String> sets = new ArrayList<>();

    @Option(
            names = "--fd",
            paramLabel = "a->b,c",
            description = {
                "rows with equal cells in a have equal cells in b and c; repeat for more. An error names the rows if the",
                "data says otherwise. Dependencies in the data are found anyway: declared ones only add a GGR that counts",
                "with them alone to what --orders per-row tries"
            })
    private List<String> dependencies = new ArrayList<>();

    @Option(
            names = "--budget",
            paramLabel = "5s",
            description = "search for at most this long (500ms, 5s, 2m) instead of a fixed number of steps")
    private @Nullable String budget;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "search for at most this many steps; equal steps give equal plans (default: by the size of the table)")
    private long steps = PlanOptions.STEPS_BY_SIZE;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "what random choices begin with (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--prompt",
            paramLabel = "FILE",
            description = "the instruction that stands before every row; counted in predictions")
    private @Nullable Path prompt;

    @Option(names = "--fields", split = ",", paramLabel = "a,b,...", description = "the columns to send (default: all)")
    private List<String> fields = List.of();

    @Option(names = "--delimiter", paramLabel = "C", description = "the delimiter of a CSV file")
    private @Nullable Character delimiter;

    @Option(
            names = "--explain",
            description = "print what the plan saves, where, and what other orders would have saved")
    private boolean explain;

    @Override
    public Integer call() {
        try {
            run();
            return 0;
        } catch (IllegalArgumentException | IOException e) {
            progress("plan: " + sentence(e));
            return 2;
        } catch (OutOfMemoryError _) {
            progress("plan: the table takes more than the %,d MiB of memory that Java may have; java -Xmx allows more"
                    .formatted(Runtime.getRuntime().maxMemory() >> 20));
            return 2;
        }
    }

    private void run() throws IOException {
        var options = options();
        var vocabulary = CompletableFuture.supplyAsync(TokenCounter::o200k);
        var table = read();
        var counter = vocabulary.join();
        int instruction = prompt == null ? 0 : counter.count(Files.readString(prompt));
        progress("planning %,d rows of %,d columns"
                .formatted(table.rows(), table.names().size()));
        var plan = new Planner(counter).plan(table, options);
        new PlanFile(output).write(plan);
        progress("wrote %s: %.1f %% of %,d tokens repeat the beginning of the prompt before"
                .formatted(output, 100 * plan.hitRate(), plan.tokens()));
        if (explain) {
            new PlanReport(plan, instruction).print(spec.commandLine().getOut());
        }
    }

    private Table read() throws IOException {
        progress("reading " + input);
        var format = delimiter == null ? TableFormat.of(input) : new TableFormat.Csv(delimiter);
        return new TableReader(TableLimits.DEFAULT).read(input, format);
    }

    private PlanOptions options() {
        var interchangeable = sets.stream().map(set -> List.of(set.split(","))).toList();
        return new PlanOptions(
                orders(),
                fields,
                interchangeable,
                dependencies.stream().map(Dependency::parse).toList(),
                budget == null ? steps : Long.MAX_VALUE,
                time(),
                seed);
    }

    private PlanOptions.Orders orders() {
        return switch (orders) {
            case "fixed" -> PlanOptions.Orders.FIXED;
            case "per-row" -> PlanOptions.Orders.PER_ROW;
            default -> throw new IllegalArgumentException("--orders is fixed or per-row, not \"%s\"".formatted(orders));
        };
    }

    private Duration time() {
        if (budget == null) {
            return PlanOptions.DEFAULT.time();
        }
        var matcher = DURATION.matcher(budget);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "--budget is a time such as 500ms, 5s or 2m, not \"%s\"".formatted(budget));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    private void progress(String line) {
        var error = spec.commandLine().getErr();
        error.println(line);
        error.flush();
    }

    private static String sentence(Exception e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no file " + missing.getFile();
            case CharacterCodingException _ -> "the instruction is no valid UTF-8";
            default -> String.valueOf(e.getMessage());
        };
    }
}
