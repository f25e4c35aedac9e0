package pointsman.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import pointsman.batch.JobPlan.Leg;
import pointsman.table.PlanOptions;
import pointsman.table.Planner;
import pointsman.table.TokenCounter;
import pointsman.tier.Decision;
import pointsman.tier.Tier;
import pointsman.upstream.Upstreams;

/// Plans a table job: which rows go to which tier, in which order, in how many lanes, and what that costs
/// beside the order that was given. The price guard decides: where the order of the plan would cost more, the
/// given one is sent.
final class TablePlanner {
    private static final int ROWS_PER_LANE = 4;

    private final Upstreams upstreams;
    private final Map<Tier, ProviderCache> caches;
    private final ToIntFunction<Tier> laneLimits;

    /// @param caches the rule that each upstream follows
    /// @param laneLimits lanes at once on a tier
    TablePlanner(Upstreams upstreams, Map<Tier, ProviderCache> caches, ToIntFunction<Tier> laneLimits) {
        this.upstreams = upstreams;
        this.caches = Map.copyOf(caches);
        this.laneLimits = laneLimits;
    }

    /// Plans a whole job.
    ///
    /// @param decisions by row
    JobPlan plan(TableInput input, List<Decision> decisions) {
        var report = new ForecastReport(input.spec());
        var legs = new ArrayList<Leg>();
        for (var tier : Tier.values()) {
            var rows = IntStream.range(0, decisions.size())
                    .filter(row -> decisions.get(row).tier() == tier)
                    .toArray();
            if (rows.length > 0) {
                legs.add(leg(input, rows, decisions, report, 1));
            }
        }
        return new JobPlan(decisions.size(), legs, report.json());
    }

    /// Foresees a job of which only some rows were scored: each tier gets all rows in the plan, and its share
    /// in the bill.
    ///
    /// @param shares of the rows, by tier
    JobPlan estimate(TableInput input, Map<Tier, Double> shares) {
        var report = new ForecastReport(input.spec());
        var rows = IntStream.range(0, input.table().rows()).toArray();
        shares.forEach((tier, share) -> {
            if (share > 0) {
                Decision decision = new Decision.Pinned(tier, Decision.Pinned.By.MODEL);
                leg(input, rows, Collections.nCopies(rows.length, decision), report, share);
            }
        });
        return new JobPlan(rows.length, List.of(), report.json());
    }

    private Leg leg(TableInput input, int[] rows, List<Decision> decisions, ForecastReport report, double share) {
        var tier = decisions.get(rows[0]).tier();
        var cache = cache(tier);
        var price = upstreams.of(tier).price();
        var tokens = new Tokens();
        var options = input.spec().options();
        var given = Sending.of(tier, given(input, rows, decisions), cache, tokens);
        var distinct = options.deduplicate() ? groups(input, rows) : singles(rows);
        var chosen = options.reorder()
                ? Sending.of(tier, ordered(input, distinct, decisions), cache, tokens)
                : Sending.of(tier, inGivenOrder(input, distinct, decisions), cache, tokens);
        int lanes = lanes(tier, options.lanes(), chosen.questions().size());
        long outputTokens = (long) rows.length * input.spec().assumedOutputTokens();
        var before = Forecast.of(given, cache, price, lanes, outputTokens);
        var after = Forecast.of(chosen, cache, price, lanes, outputTokens);
        var isDearer = after.costMicros() > before.costMicros();
        if (isDearer) {
            chosen = Sending.of(tier, inGivenOrder(input, distinct, decisions), cache, tokens);
            after = Forecast.of(chosen, cache, price, lanes, outputTokens);
        }
        var large = tier == Tier.LARGE ? before : onLarge(given, outputTokens, tokens);
        report.add(new ForecastReport.Entry(
                upstreams.of(tier), cache, rows.length, lanes, share, before, after, large, isDearer, longest(given)));
        return new Leg(chosen, cache, lanes);
    }

    private Forecast onLarge(Sending given, long outputTokens, Tokens tokens) {
        var cache = cache(Tier.LARGE);
        var sending = Sending.of(Tier.LARGE, given.questions(), cache, tokens);
        int lanes = lanes(Tier.LARGE, 0, given.questions().size());
        return Forecast.of(sending, cache, upstreams.of(Tier.LARGE).price(), lanes, outputTokens);
    }

    private ProviderCache cache(Tier tier) {
        var cache = caches.get(tier);
        if (cache == null) {
            throw new IllegalStateException("no cache rule for the tier " + tier.label());
        }
        return cache;
    }

    private int lanes(Tier tier, int asked, int questions) {
        int limit = laneLimits.applyAsInt(tier);
        if (asked > 0) {
            return upstreams.of(tier).local() ? Math.min(asked, limit) : asked;
        }
        return Math.clamp(Math.ceilDiv(questions, ROWS_PER_LANE), 1, limit);
    }

    private static List<Question> given(TableInput input, int[] rows, List<Decision> decisions) {
        return inGivenOrder(input, singles(rows), decisions);
    }

    private static List<Question> inGivenOrder(TableInput input, List<List<Integer>> groups, List<Decision> decisions) {
        var prompt = new RowPrompt(input.table(), input.spec(), false);
        return groups.stream()
                .map(group -> new Question(
                        List.of(group),
                        prompt.render(group.getFirst(), input.columns()),
                        decisions.get(group.getFirst())))
                .toList();
    }

    private static List<Question> ordered(TableInput input, List<List<Integer>> groups, List<Decision> decisions) {
        var first = groups.stream().mapToInt(List::getFirst).toArray();
        var options = input.spec().options();
        var wanted = PlanOptions.DEFAULT
                .withFields(input.columnNames())
                .withOrders(options.orders())
                .withSets(options.sets());
        var plan = new Planner(TokenCounter.o200k()).plan(input.table().select(first), wanted);
        var order = new ArrayList<PlannedRow>();
        for (int position = 0; position < plan.ordering().size(); position++) {
            var columns = IntStream.of(plan.ordering().fields(position))
                    .map(field -> input.columns()[field])
                    .toArray();
            order.add(new PlannedRow(
                    groups.get(plan.ordering().row(position)),
                    columns,
                    plan.ordering().fieldOrder(position)));
        }
        return new Packing(input, decisions).questions(order);
    }

    /// Rows that are equal in every cell that is sent, the first of them first.
    private static List<List<Integer>> groups(TableInput input, int[] rows) {
        var prompt = new RowPrompt(input.table(), input.spec(), false);
        var groups = new LinkedHashMap<String, List<Integer>>();
        for (int row : rows) {
            groups.computeIfAbsent(prompt.text(row, input.columns()), _ -> new ArrayList<>())
                    .add(row);
        }
        return List.copyOf(groups.values());
    }

    private static List<List<Integer>> singles(int[] rows) {
        return IntStream.of(rows).mapToObj(List::of).toList();
    }

    private static int longest(Sending sending) {
        return IntStream.of(sending.sizes()).max().orElse(0);
    }

    /// A row, or rows that are equal, at its place in the plan.
    ///
    /// @param rows the first of them is rendered
    /// @param columns in the order of sending
    /// @param order the number of that order
    record PlannedRow(List<Integer> rows, int[] columns, int order) {}
}
