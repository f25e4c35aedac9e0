package pointsman.job.run;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import pointsman.job.store.LaneStore.Result;

/// The way of one question to a model and of its answer back: where lanes end and the network begins.
interface QuestionSender {
    /// What a request is estimated to cost.
    long estimateMicros(JobRequest request);

    /// Sends until there is an answer.
    ///
    /// @param limits how many calls of jobs an upstream gets at once, by its name
    /// @param token whether the answer is still wanted
    /// @param affordable whether a request that large answers after all may cost what that costs
    /// @return empty if it was not wanted any more before it was there
    Optional<Result> send(
            JobRequest request,
            Function<String, ConcurrencyLimit> limits,
            CancellationToken token,
            Predicate<JobRequest> affordable)
            throws InterruptedException;
}
