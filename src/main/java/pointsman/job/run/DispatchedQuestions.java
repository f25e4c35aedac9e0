package pointsman.job.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pointsman.dialect.Dialects;
import pointsman.failure.BareError;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.AnswerPart;
import pointsman.fleet.Caller;
import pointsman.fleet.Dispatcher;
import pointsman.job.Cost;
import pointsman.job.ItemAnswer;
import pointsman.job.JobProperties;
import pointsman.job.store.LaneStore.Result;
import pointsman.route.Choice;
import pointsman.route.Decision;
import pointsman.route.Router;
import pointsman.usage.Booking;
import pointsman.usage.Booking.Ending;
import pointsman.usage.Ledger;
import pointsman.usage.TokenUsage;
import reactor.core.publisher.Mono;

/// Sends one question through the dispatcher and books it, however it ends.
///
/// The dispatcher makes the attempts that promises allow. What it reports as a closed door (a rate limit, a
/// full house, an upstream that is away) has cost nothing, so the question is kept and sent again, with
/// growing pauses, until its patience ends. Any other failure is the answer.
final class DispatchedQuestions implements QuestionSender {
    private static final Logger LOG = LoggerFactory.getLogger(DispatchedQuestions.class);
    private static final int CHARACTERS_PER_TOKEN = 3;
    private static final int ASSUMED_OUTPUT = 50;

    private final Dispatcher dispatcher;
    private final Dialects dialects;
    private final Router router;
    private final Ledger ledger;
    private final JobProperties.Pace pace;

    DispatchedQuestions(
            Dispatcher dispatcher, Dialects dialects, Router router, Ledger ledger, JobProperties.Pace pace) {
        this.dispatcher = dispatcher;
        this.dialects = dialects;
        this.router = router;
        this.ledger = ledger;
        this.pace = pace;
    }

    /// The prompt at three characters a token, and a short answer.
    @Override
    public long estimateMicros(JobRequest request) {
        var question = request.question();
        long prompt = Math.ceilDiv(question.body().length(), CHARACTERS_PER_TOKEN);
        var usage = new TokenUsage(
                prompt, 0, 0, (long) ASSUMED_OUTPUT * question.groups().size(), 0, true);
        return isThere(request) ? choice(request).model().price().cost(usage).orElse(0) : 0;
    }

    @Override
    public Optional<Result> send(
            JobRequest request,
            Function<String, ConcurrencyLimit> limits,
            CancellationToken token,
            Predicate<JobRequest> affordable)
            throws InterruptedException {
        if (!isThere(request)) {
            return Optional.of(gone(request));
        }
        var started = System.nanoTime();
        for (var pause = pace.firstPause(); true; pause = next(pause)) {
            try {
                return callWithin(request, limits.apply(request.question().upstream()), token)
                        .map(answer -> good(request, answer, since(started)));
            } catch (FailureException e) {
                var atLarge = instead(request, e).filter(affordable);
                if (atLarge.isPresent()) {
                    return send(atLarge.get(), limits, token, affordable);
                }
                if (!mayWait(e.failure(), pause, since(started))) {
                    return Optional.of(bad(request, e.failure(), since(started)));
                }
                if (!token.pause(wait(e.failure(), pause))) {
                    return Optional.empty();
                }
            }
        }
    }

    /// Whether the model is configured still that a job chose, perhaps before a restart.
    private boolean isThere(JobRequest request) {
        return router.knows(request.question().grounds());
    }

    private static Result gone(JobRequest request) {
        var failure = new Failure.UnknownModel(request.question().upstream());
        return new Result(TokenUsage.none(), Cost.NOTHING, ItemAnswer.failed(request.question(), failure));
    }

    /// The same for another model, if that may answer and the one that was chosen cannot. While that is only
    /// away, a job waits for it.
    private Optional<JobRequest> instead(JobRequest request, FailureException refusal) {
        return choice(request)
                .instead(refusal)
                .map(Choice::grounds)
                .filter(Decision.Cannot.class::isInstance)
                .map(request::under);
    }

    private Optional<AnswerPart.Whole> callWithin(JobRequest request, ConcurrencyLimit limit, CancellationToken token)
            throws InterruptedException {
        var ticket = limit.enter(token::isRunning);
        if (ticket.isEmpty()) {
            return Optional.empty();
        }
        var ending = ConcurrencyLimit.Ending.OTHER;
        try {
            var answer = call(request);
            ending = ConcurrencyLimit.Ending.ANSWERED;
            return Optional.of(answer);
        } catch (FailureException e) {
            ending = ending(e.failure());
            throw e;
        } catch (StackOverflowError e) {
            throw unexpected(request, e);
        } finally {
            limit.leave(ticket.getAsLong(), ending);
        }
    }

    /// Lanes run on virtual threads, whose waiting costs nobody a thread.
    private AnswerPart.Whole call(JobRequest request) throws InterruptedException {
        var answer = Mono.defer(() -> dispatched(request)).toFuture();
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailureException known ? known : unexpected(request, e);
        }
    }

    private Mono<AnswerPart.Whole> dispatched(JobRequest request) {
        var body = request.question().body().getBytes(StandardCharsets.UTF_8);
        var read =
                dialects.read(request.endpoint().dialect(), request.endpoint().operation(), body);
        var caller = new Caller(request.tenant(), Caller.Work.JOB);
        return dispatcher
                .send(choice(request).open(caller, read, Map.of()), caller)
                .cast(AnswerPart.Whole.class)
                .single();
    }

    /// A bug that one question meets is that question's bad ending. It must not end the lane, which would
    /// be taken again and meet it again, and so on.
    private static FailureException unexpected(JobRequest request, Throwable bug) {
        LOG.error("question={} failed", request.id(), BareError.of(bug));
        return new Failure.Unexpected().asException();
    }

    private Result good(JobRequest request, AnswerPart.Whole answer, Duration took) {
        var question = request.question();
        var usage = answer.usage().orElse(TokenUsage.estimate(question.body().length(), answer.characters()));
        book(request, usage, Ending.COMPLETED, took);
        var price = choice(request).model().price();
        var cost = new Cost(
                price.cost(usage).orElse(0),
                price.cost(usage.ofPrompt()).orElse(0),
                router.last(question.grounds()).price().cost(usage).orElse(0));
        return new Result(usage, cost, read(request, answer.bytes()));
    }

    /// It is paid for, and whoever asked again would pay again.
    // whatever a model writes, it is one row's answer or one row's error
    private static List<ItemAnswer> read(JobRequest request, byte[] answer) {
        try {
            return request.reader().read(request.question(), answer);
        } catch (RuntimeException | Error e) {
            return ItemAnswer.failed(request.question(), unexpected(request, e).failure());
        }
    }

    private Result bad(JobRequest request, Failure failure, Duration took) {
        var nothing = TokenUsage.none();
        book(request, nothing, Ending.FAILED, took);
        return new Result(nothing, Cost.NOTHING, ItemAnswer.failed(request.question(), failure));
    }

    private void book(JobRequest request, TokenUsage usage, Ending ending, Duration took) {
        var choice = choice(request);
        ledger.book(new Booking(
                request.id(),
                request.tenant(),
                request.endpoint().operation().label(),
                choice.by(choice.model().id()),
                usage,
                ending,
                took,
                null));
    }

    private Choice choice(JobRequest request) {
        return router.to(request.question().grounds());
    }

    private static ConcurrencyLimit.Ending ending(Failure failure) {
        return switch (failure) {
            case Failure.UpstreamRateLimited _, Failure.Overloaded _ -> ConcurrencyLimit.Ending.REFUSED;
            default -> ConcurrencyLimit.Ending.OTHER;
        };
    }

    private boolean mayWait(Failure failure, Duration pause, Duration waited) {
        var isClosedDoor = switch (failure) {
            case Failure.UpstreamRateLimited _, Failure.Overloaded _, Failure.UpstreamUnavailable _ -> true;
            default -> false;
        };
        return isClosedDoor && waited.plus(wait(failure, pause)).compareTo(pace.patience()) <= 0;
    }

    private static Duration wait(Failure failure, Duration pause) {
        return failure.retryAfter().filter(asked -> asked.compareTo(pause) > 0).orElse(pause);
    }

    private Duration next(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(pace.longestPause()) <= 0 ? doubled : pace.longestPause();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
