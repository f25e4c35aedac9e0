package pointsman.job;

import java.time.Duration;

/// A job as it is stored.
///
/// @param <D> what is particular to its kind
/// @param id `job_...` or `batch_...`
/// @param tenant whose it is
/// @param data what was asked for, and what it was planned to cost
/// @param state where it stands
/// @param stop why it stops before all its items are answered
/// @param times when what happened to it
/// @param items how many it has
public record Job<D>(String id, String tenant, D data, JobState state, StopReason stop, Times times, Items items) {
    /// When what happened to a job, in seconds since 1970; 0 for what has not happened. Only shown.
    ///
    /// @param created when it was accepted
    /// @param started when its first question could be sent
    /// @param cancelling when it was asked to stop
    /// @param finalizing when the writing of its results began
    /// @param finished when it was over
    /// @param age how long it has been worked on
    public record Times(long created, long started, long cancelling, long finalizing, long finished, Duration age) {}

    /// The rows, or requests, of a job.
    ///
    /// @param total 0 while nobody has counted them
    /// @param scored those of them that the router has read, before they are planned
    public record Items(int total, int scored) {}
}
