package pointsman.job;

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
import pointsman.fleet.Model;
import pointsman.fleet.Models;
import pointsman.fleet.Outbound;
import pointsman.fleet.Tier;
import pointsman.job.LaneStore.Result;
import pointsman.route.Decision;
import pointsman.route.StandIn;
import pointsman.usage.Booking;
import pointsman.usage.Booking.Ending;
import pointsman.usage.Ledger;
import pointsman.usage.TokenUsage;
import reactor.core.publisher.Mono;

/// Asks one question and books it, however it ends.
///
/// The dispatcher makes the attempts that promises allow. What it reports as a closed door (a rate limit, a
/// full house, an upstream that is away) has cost nothing, so the question is kept and asked again, with
/// growing pauses, until its patience ends. Any other failure is the answer.
public final class QuestionSender {
    private static final Logger LOG = LoggerFactory.getLogger(QuestionSender.class);
    private static final int CHARACTERS_PER_TOKEN = 3;
    private static final int ASSUMED_OUTPUT = 50;

    private final Dispatcher dispatcher;
    private final Dialects dialects;
    private final Models upstreams;
    private final Ledger ledger;
    private final JobProperties.Pace patience;

    public QuestionSender(
            Dispatcher dispatcher, Dialects dialects, Models upstreams, Ledger ledger, JobProperties.Pace patience) {
        this.dispatcher = dispatcher;
        this.dialects = dialects;
        this.upstreams = upstreams;
        this.ledger = ledger;
        this.patience = patience;
    }

    /// A question on its way.
    ///
    /// @param id for the ledger
    /// @param reader makes answers of what comes back
    record Matter(String id, String tenant, Question question, ReplyReader reader) {
        Endpoint endpoint() {
            return reader.endpoint();
        }

        private Matter under(Decision decision) {
            return new Matter(id, tenant, question.under(decision), reader);
        }
    }

    /// What a question is estimated to cost: the prompt at three characters a token, and a short answer.
    long estimateMicros(Matter matter) {
        var question = matter.question();
        long prompt = Math.ceilDiv(question.body().length(), CHARACTERS_PER_TOKEN);
        var usage = new TokenUsage(
                prompt, 0, 0, (long) ASSUMED_OUTPUT * question.groups().size(), 0, true);
        return ledger.costMicros(question.upstream(), usage);
    }

    /// Asks until there is an answer.
    ///
    /// @param places an upstream's places for jobs, by its name
    /// @param pulse whether the answer is still wanted
    /// @param affordable whether a question that large answers after all may cost what that costs
    /// @return empty if it was not wanted any more before it was there
    Optional<Result> ask(
            Matter matter,
            Function<String, ConcurrencyLimit> places,
            CancellationToken pulse,
            Predicate<Matter> affordable)
            throws InterruptedException {
        var started = System.nanoTime();
        for (var pause = patience.firstPause(); true; pause = next(pause)) {
            try {
                return callWithin(matter, places.apply(matter.question().upstream()), pulse)
                        .map(answer -> good(matter, answer, since(started)));
            } catch (FailureException e) {
                var atLarge = standIn(matter, e).filter(affordable);
                if (atLarge.isPresent()) {
                    return ask(atLarge.get(), places, pulse, affordable);
                }
                if (!mayWait(e.failure(), pause, since(started))) {
                    return Optional.of(bad(matter, e.failure(), since(started)));
                }
                if (!pulse.pause(wait(e.failure(), pause))) {
                    return Optional.empty();
                }
            }
        }
    }

    /// The same for large, if the router chose small and small cannot answer it. While small is only away, a job waits
    /// for it.
    private static Optional<Matter> standIn(Matter matter, FailureException refusal) {
        return matter.question().grounds() instanceof Decision.Scored scored
                ? StandIn.after(scored, refusal)
                        .filter(Decision.SmallCannot.class::isInstance)
                        .map(matter::under)
                : Optional.empty();
    }

    private Optional<AnswerPart.Whole> callWithin(Matter matter, ConcurrencyLimit places, CancellationToken pulse)
            throws InterruptedException {
        var ticket = places.enter(pulse::isRunning);
        if (ticket.isEmpty()) {
            return Optional.empty();
        }
        var ending = ConcurrencyLimit.Ending.OTHER;
        try {
            var answer = call(matter);
            ending = ConcurrencyLimit.Ending.ANSWERED;
            return Optional.of(answer);
        } catch (FailureException e) {
            ending = ending(e.failure());
            throw e;
        } catch (StackOverflowError e) {
            throw unexpected(matter, e);
        } finally {
            places.leave(ticket.getAsLong(), ending);
        }
    }

    /// Lanes run on virtual threads, whose waiting costs nobody a thread.
    private AnswerPart.Whole call(Matter matter) throws InterruptedException {
        var answer = Mono.defer(() -> dispatched(matter)).toFuture();
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailureException known ? known : unexpected(matter, e);
        }
    }

    private Mono<AnswerPart.Whole> dispatched(Matter matter) {
        var body = matter.question().body().getBytes(StandardCharsets.UTF_8);
        var request =
                dialects.read(matter.endpoint().dialect(), matter.endpoint().operation(), body);
        return dispatcher
                .dispatch(
                        upstream(matter), new Outbound(request, new Caller(matter.tenant(), Caller.Work.JOB), Map.of()))
                .cast(AnswerPart.Whole.class)
                .single();
    }

    /// A bug that one question meets is that question's bad ending. It must not end the lane, which would be taken
    /// again and meet it again, and so on.
    private static FailureException unexpected(Matter matter, Throwable bug) {
        LOG.error("question={} failed", matter.id(), BareError.of(bug));
        return new Failure.Unexpected().asException();
    }

    private Result good(Matter matter, AnswerPart.Whole answer, Duration took) {
        var question = matter.question();
        var usage = answer.usage().orElse(TokenUsage.estimate(question.body().length(), answer.characters()));
        book(matter, usage, Ending.COMPLETED, took);
        return new Result(
                usage,
                ledger.costMicros(question.upstream(), usage),
                ledger.costMicros(question.upstream(), usage.ofPrompt()),
                ledger.costMicros(Tier.LARGE.label(), usage),
                read(matter, answer.bytes()));
    }

    /// It is paid for, and whoever asked again would pay again.
    @SuppressWarnings("IllegalCatch") // whatever a model writes, it is one row's answer or one row's error
    private static List<ItemAnswer> read(Matter matter, byte[] answer) {
        try {
            return matter.reader().read(matter.question(), answer);
        } catch (RuntimeException | Error e) {
            return ReplyReader.failed(matter.question(), unexpected(matter, e).failure());
        }
    }

    private Result bad(Matter matter, Failure failure, Duration took) {
        var nothing = TokenUsage.none();
        book(matter, nothing, Ending.FAILED, took);
        return new Result(nothing, 0, 0, 0, ReplyReader.failed(matter.question(), failure));
    }

    private void book(Matter matter, TokenUsage usage, Ending ending, Duration took) {
        var upstream = upstream(matter);
        ledger.book(new Booking(
                matter.id(),
                matter.tenant(),
                matter.endpoint().operation().label(),
                upstream.name(),
                matter.question().grounds().reason(),
                upstream.model(),
                usage,
                ending,
                took,
                Optional.empty()));
    }

    private Model upstream(Matter matter) {
        return upstreams.of(matter.question().grounds());
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
        return isClosedDoor && waited.plus(wait(failure, pause)).compareTo(patience.patience()) <= 0;
    }

    private static Duration wait(Failure failure, Duration pause) {
        return failure.retryAfter().filter(asked -> asked.compareTo(pause) > 0).orElse(pause);
    }

    private Duration next(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(patience.longestPause()) <= 0 ? doubled : patience.longestPause();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
