package pointsman.tablejob;

import pointsman.job.Forecast;

/// The A/B guard's part in a forecast.
sealed interface TrialForecast {
    /// The job does not ask for one.
    record Unasked() implements TrialForecast {}

    /// It is asked for, but there is nothing to be tried.
    record NotNeeded(String because) implements TrialForecast {}

    /// Its answers are not there yet.
    ///
    /// @param rows that are asked in both orders
    /// @param extra what is asked and paid beside the job
    /// @param fallback the whole forecast if the given order of fields is used in the end
    record Pending(int rows, Forecast extra, Forecast fallback) implements TrialForecast {}

    /// Its answers have spoken.
    ///
    /// @param extra what was asked and paid beside the job
    record Decided(TrialVerdict verdict, Forecast extra) implements TrialForecast {}
}
