package pointsman.tablejob;

import java.util.List;
import pointsman.job.Forecast;

/// What a table job will come to: by tier and in all, in the given order and in the one that is sent.
///
/// @param answerTokens that one answer is taken to have
/// @param tiers that get any rows
/// @param given the rows in the given order
/// @param planned what is sent
/// @param allLarge the rows in the given order, all on the large tier
/// @param trial whether an A/B guard decides what is sent
record TableForecast(
        int answerTokens,
        List<TierForecast> tiers,
        Forecast given,
        Forecast planned,
        Forecast allLarge,
        TrialForecast trial) {
    /// Before a job is planned.
    static final TableForecast NONE = new TableForecast(
            0, List.of(), Forecast.NOTHING, Forecast.NOTHING, Forecast.NOTHING, new TrialForecast.Unasked());

    TableForecast {
        tiers = List.copyOf(tiers);
    }

    boolean isNone() {
        return tiers.isEmpty();
    }

    /// With the outcome of its trial: the forecast becomes that of the order that is used.
    TableForecast decided(TrialForecast.Pending pending, TrialVerdict verdict) {
        var sent = verdict.isPlannedOrder() ? planned : pending.fallback();
        var decided = new TrialForecast.Decided(verdict, pending.extra());
        return new TableForecast(answerTokens, tiers, given, sent, allLarge, decided);
    }

    /// One tier's part.
    ///
    /// @param tier its name
    /// @param model that answers
    /// @param rows that it is expected to get
    /// @param lanes how many
    /// @param cacheRule the rule that its cost is foreseen by
    /// @param given its rows in the given order
    /// @param planned what is sent
    /// @param order which it is
    /// @param saving what is saved by it, or why nothing is
    record TierForecast(
            String tier,
            String model,
            long rows,
            int lanes,
            CacheRuleName cacheRule,
            Forecast given,
            Forecast planned,
            String order,
            Saving saving) {}

    /// A cache rule by its name.
    ///
    /// @param asOf the month that the rule was read in
    record CacheRuleName(String name, String asOf) {}

    /// Whether an order saves anything, in words.
    sealed interface Saving {
        record Some(String words) implements Saving {}

        /// Nothing is saved.
        ///
        /// @param why there is nothing to be saved
        record Nothing(String why) implements Saving {}
    }
}
