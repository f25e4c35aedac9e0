package pointsman.job;

import java.util.Optional;

/// What is particular to a kind of job at each step of its path, [JobRun]. A step that fails with an
/// expected failure fails the job, unless trying again later helps.
///
/// @param <D> the data of the kind's jobs
/// @param <I> what such a job is made of, once it is read
/// @param <C> who answers its items
public interface JobSteps<D, I extends JobSteps.Input, C> {
    /// What a job is made of, in memory. Closing gives that memory back.
    interface Input extends AutoCloseable {
        @Override
        void close();
    }

    JobKind<D> kind();

    /// Reads what the job is made of.
    I read(Job<D> job) throws InterruptedException;

    /// Decides who answers each item.
    ///
    /// @return empty if the watch did not want to know
    Optional<C> choose(Job<D> job, I input, Scoring.Watch watch) throws InterruptedException;

    /// Decides in which order and in how many lanes the questions are sent.
    JobPlan<D> plan(Job<D> job, I input, C choices);

    /// Makes answers of what comes back.
    ReplyReader replies(Job<D> job);

    /// What the answers may cost; [Long#MAX_VALUE]: without a limit.
    default long maxCostMicros(Job<D> job) {
        return Long.MAX_VALUE;
    }

    /// Decides by the answers so far what of the rest is sent.
    ///
    /// @return whether anything was decided
    default boolean judge(Job<D> job) {
        return false;
    }

    /// Leaves the results of a job of which nothing is open.
    default void finish(Job<D> job) {}
}
