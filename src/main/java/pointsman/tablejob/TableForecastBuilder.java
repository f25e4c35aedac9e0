package pointsman.tablejob;

import java.util.ArrayList;
import java.util.List;
import pointsman.job.Destination;
import pointsman.job.Forecast;
import pointsman.tablejob.TableForecast.CacheRuleName;
import pointsman.tablejob.TableForecast.TierForecast;

/// Adds up a forecast, tier by tier.
final class TableForecastBuilder {
    private static final String NOT_NEEDED =
            "no prompt would change, or the given order is cheaper than the planned one with a trial";

    private final TableSpec spec;
    private final List<TierForecast> tiers = new ArrayList<>();
    private Forecast given = Forecast.NOTHING;
    private Forecast planned = Forecast.NOTHING;
    private Forecast allLarge = Forecast.NOTHING;
    private Forecast extra = Forecast.NOTHING;
    private Forecast fallback = Forecast.NOTHING;
    private int tried;

    TableForecastBuilder(TableSpec spec) {
        this.spec = spec;
    }

    /// One tier's part.
    ///
    /// @param destination where its rows go
    /// @param rows that it gets
    /// @param share of those rows that it is expected to get; 1 where it is known
    /// @param given in the given order
    /// @param plan what is sent
    /// @param large in the given order, on the large tier
    /// @param longestPrompt in tokens
    record Entry(
            Destination destination,
            int rows,
            double share,
            Forecast given,
            TierPlan plan,
            Forecast large,
            int longestPrompt) {}

    void add(Entry entry) {
        var before = entry.given().times(entry.share());
        var after = entry.plan().forecast().times(entry.share());
        var trial = entry.plan().trial().times(entry.share());
        given = given.plus(before);
        planned = planned.plus(after);
        allLarge = allLarge.plus(entry.large().times(entry.share()));
        tried += trial.rows();
        extra = extra.plus(trial.extra());
        fallback = fallback.plus(trial.rows() > 0 ? trial.fallback() : after);
        var upstream = entry.destination().upstream();
        var cache = entry.destination().cache();
        tiers.add(new TierForecast(
                upstream.name(),
                upstream.id(),
                Math.round(entry.rows() * entry.share()),
                entry.plan().parts().getFirst().lanes(),
                new CacheRuleName(cache.name(), cache.asOf()),
                before,
                after,
                entry.plan().order().label(),
                SavingWords.of(entry)));
    }

    TableForecast build() {
        return new TableForecast(spec.assumedOutputTokens(), tiers, given, planned, allLarge, trial());
    }

    private TrialForecast trial() {
        if (spec.options().trialRows() == 0) {
            return new TrialForecast.Unasked();
        }
        return tried == 0 ? new TrialForecast.NotNeeded(NOT_NEEDED) : new TrialForecast.Pending(tried, extra, fallback);
    }
}
