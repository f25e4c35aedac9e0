package pointsman.job.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import pointsman.job.Cost;
import pointsman.job.ItemAnswer;
import pointsman.job.store.LaneStore.Result;
import pointsman.usage.TokenUsage;

/// Answers every question with "yes", at the price of a thousandth of a dollar, unless a test wants
/// something else.
final class FakeQuestions implements QuestionSender {
    static final long COST_MICROS = 1_000;

    final JobFixture.Log log = new JobFixture.Log();
    volatile Behaviour behaviour = FakeQuestions::yes;

    /// What comes of a question.
    interface Behaviour {
        Optional<Result> answer(JobRequest request, CancellationToken token) throws InterruptedException;
    }

    @Override
    public long estimateMicros(JobRequest request) {
        return COST_MICROS;
    }

    @Override
    public Optional<Result> send(
            JobRequest request,
            Function<String, ConcurrencyLimit> limits,
            CancellationToken token,
            Predicate<JobRequest> affordable)
            throws InterruptedException {
        log.add(request);
        return behaviour.answer(request, token);
    }

    static Optional<Result> yes(JobRequest request, CancellationToken token) {
        var item = request.question().groups().getFirst().getFirst();
        return Optional.of(new Result(
                new TokenUsage(10, 0, 0, 1, 0, false),
                new Cost(COST_MICROS, COST_MICROS, COST_MICROS),
                List.of(new ItemAnswer(item, ItemAnswer.OK, "\"yes\""))));
    }
}
