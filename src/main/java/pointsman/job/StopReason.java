package pointsman.job;

import pointsman.failure.Failure;

/// Why a job stops before all its items are answered.
public sealed interface StopReason {
    /// Nothing stops it, or nothing but its tenant's word.
    record None() implements StopReason {}

    /// It took longer than it may.
    record Expired(String message) implements StopReason {}

    /// What it may cost is used up.
    record CostReached(String message) implements StopReason {}

    /// It cannot be planned, or cannot go on.
    ///
    /// @param code stable, for programs
    record Failed(String code, String message) implements StopReason {
        /// For what is wrong with the gateway itself, its log has the cause.
        public static Failed unexpectedly() {
            return new Failed("internal_error", "The gateway failed; its log has the cause.");
        }

        public static Failed of(Failure failure) {
            return new Failed(failure.code(), JobFailures.message(failure));
        }
    }

    /// What becomes of a job that is asked to stop for this.
    default JobState end() {
        return switch (this) {
            case None _, CostReached _ -> JobState.CANCELLED;
            case Expired _ -> JobState.EXPIRED;
            case Failed _ -> JobState.FAILED;
        };
    }
}
