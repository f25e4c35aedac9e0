package pointsman.tablejob;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import pointsman.cache.ProviderCache;
import pointsman.dialect.chat.PromptTokens;
import pointsman.fleet.Models;
import pointsman.fleet.Tier;
import pointsman.job.Destination;
import pointsman.job.Forecast;
import pointsman.job.ForecastReport;
import pointsman.job.JobPlan;
import pointsman.job.JobPlan.Leg;
import pointsman.job.Question;
import pointsman.route.Decision;
import pointsman.tablejob.TierPlan.Order;

/// Plans a table job: which rows go to which tier, in which order, in how many lanes, and what that costs
/// beside the order that was given. The price guard decides: where the order of the plan would cost more, its
/// trial included, the given one is sent.
public final class TablePlanner {
    private final Models upstreams;
    private final Map<String, ProviderCache> caches;
    private final ToIntFunction<String> laneLimits;

    /// @param caches the rule that each upstream follows, by its name
    /// @param laneLimits lanes at once on an upstream
    public TablePlanner(Models upstreams, Map<String, ProviderCache> caches, ToIntFunction<String> laneLimits) {
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
                legs.addAll(legs(new RowQuestions(input, rows, decisions), tier, report, 1));
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
                legs(new RowQuestions(input, rows, Collections.nCopies(rows.length, decision)), tier, report, share);
            }
        });
        return new JobPlan(rows.length, List.of(), report.json());
    }

    private List<Leg> legs(RowQuestions questions, Tier tier, ForecastReport report, double share) {
        var spec = questions.input().spec();
        var tokens = new PromptTokens();
        var road = road(tier, spec, spec.options().lanes(), tokens);
        var given = road.measured(questions.given());
        var before = road.forecast(given);
        var chosen = chosen(questions, road, before);
        var onLarge = road(Tier.LARGE, spec, 0, tokens);
        report.add(new ForecastReport.Entry(
                road,
                questions.rows().length,
                share,
                before,
                chosen,
                tier == Tier.LARGE ? before : onLarge.forecast(onLarge.measured(given.questions())),
                IntStream.of(given.sizes()).max().orElse(0)));
        return chosen.legs();
    }

    /// The plan, after a trial if the job asks for one, unless the given order is cheaper.
    private static TierPlan chosen(RowQuestions questions, Destination road, Forecast before) {
        var options = questions.input().spec().options();
        if (!options.reorder()) {
            return TierPlan.of(Order.GIVEN, road, road.measured(questions.distinct()));
        }
        var planned = questions.planned();
        var plan = options.trialRows() > 0
                ? guarded(questions, planned, road)
                : TierPlan.of(Order.PLANNED, road, road.measured(planned));
        return plan.forecast().costMicros() <= before.costMicros()
                ? plan
                : TierPlan.of(Order.GIVEN_IS_CHEAPER, road, road.measured(questions.distinct()));
    }

    private static TierPlan guarded(RowQuestions questions, List<Question> planned, Destination road) {
        var input = questions.input();
        var options = input.spec().options();
        int rows = input.table().rows();
        int sample = Math.ceilDiv(options.trialRows() * questions.rows().length, rows);
        var isCold = options.temperature().orElse(1) == 0;
        var trial = Trial.of(questions.distinct(), planned, sample, rows, isCold);
        return trial.sampled() == 0
                ? TierPlan.of(Order.PLANNED, road, road.measured(planned))
                : TierPlan.of(road, trial);
    }

    private Destination road(Tier tier, TableSpec spec, int askedLanes, PromptTokens tokens) {
        var upstream = upstreams.of(tier);
        var cache = caches.get(upstream.name());
        if (cache == null) {
            throw new IllegalStateException("no cache rule for the upstream " + upstream.name());
        }
        return new Destination(
                upstream,
                cache,
                askedLanes,
                laneLimits.applyAsInt(upstream.name()),
                spec.assumedOutputTokens(),
                tokens);
    }
}
