package pointsman.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import pointsman.batch.LaneStore.Result;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.tier.Tier;
import pointsman.upstream.AnswerPart;
import pointsman.upstream.Dispatcher;
import pointsman.upstream.Outbound;
import pointsman.upstream.Upstream;
import pointsman.upstream.Upstreams;
import pointsman.usage.Booking;
import pointsman.usage.Booking.Ending;
import pointsman.usage.Ledger;
import pointsman.usage.TokenUsage;

/// Asks one question and books it, however it ends.
///
/// The dispatcher makes the attempts that promises allow. What it reports as a closed door (a rate limit, a
/// full house, an upstream that is away) has cost nothing, so the question is kept and asked again, with
/// growing pauses, until its patience ends. Any other failure is the answer.
final class Asking {
    private final Dispatcher dispatcher;
    private final Dialects dialects;
    private final Upstreams upstreams;
    private final Ledger ledger;
    private final BatchProperties.Pace patience;

    Asking(
            Dispatcher dispatcher,
            Dialects dialects,
            Upstreams upstreams,
            Ledger ledger,
            BatchProperties.Pace patience) {
        this.dispatcher = dispatcher;
        this.dialects = dialects;
        this.upstreams = upstreams;
        this.ledger = ledger;
        this.patience = patience;
    }

    /// Asks until there is an answer.
    ///
    /// @param id of the question, for the ledger
    /// @param places the upstream's places for jobs
    Result ask(String id, String tenant, Question question, Pace places, AnswerReader reader)
            throws InterruptedException {
        var started = System.nanoTime();
        for (var pause = patience.firstPause(); true; pause = next(pause)) {
            try {
                var answer = callWithin(tenant, places, question);
                return good(id, tenant, question, answer, reader, since(started));
            } catch (FailureException e) {
                if (!mayWait(e.failure(), pause, since(started))) {
                    return bad(id, tenant, question, e.failure(), since(started));
                }
                Thread.sleep(wait(e.failure(), pause));
            }
        }
    }

    private AnswerPart.Whole callWithin(String tenant, Pace places, Question question) throws InterruptedException {
        var ticket = places.enter();
        var ending = Pace.Ending.OTHER;
        try {
            var answer = call(tenant, question);
            ending = Pace.Ending.ANSWERED;
            return answer;
        } catch (FailureException e) {
            ending = ending(e.failure());
            throw e;
        } finally {
            places.leave(ticket, ending);
        }
    }

    /// Lanes run on virtual threads, whose waiting costs nobody a thread.
    private AnswerPart.Whole call(String tenant, Question question) throws InterruptedException {
        var request = dialects.read(Dialect.OPENAI_CHAT, question.body().getBytes(StandardCharsets.UTF_8));
        var answer = dispatcher
                .dispatch(upstream(question), new Outbound(request, tenant, Map.of()))
                .cast(AnswerPart.Whole.class)
                .single()
                .toFuture();
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FailureException known
                    ? known
                    : new IllegalStateException("asking failed", e.getCause());
        }
    }

    private Result good(
            String id, String tenant, Question question, AnswerPart.Whole answer, AnswerReader reader, Duration took) {
        var usage = answer.usage().orElse(TokenUsage.estimate(question.body().length(), answer.characters()));
        book(id, tenant, question, usage, Ending.COMPLETED, took);
        return new Result(
                usage,
                ledger.costMicros(upstream(question).name(), usage),
                ledger.costMicros(upstream(question).name(), usage.ofPrompt()),
                ledger.costMicros(Tier.LARGE.label(), usage),
                reader.read(question, answer.bytes()));
    }

    private Result bad(String id, String tenant, Question question, Failure failure, Duration took) {
        var nothing = TokenUsage.none();
        book(id, tenant, question, nothing, Ending.FAILED, took);
        return new Result(nothing, 0, 0, 0, AnswerReader.failed(question, failure));
    }

    private void book(String id, String tenant, Question question, TokenUsage usage, Ending ending, Duration took) {
        var upstream = upstream(question);
        ledger.book(new Booking(
                id,
                tenant,
                "chat",
                upstream.name(),
                question.decision().reason(),
                upstream.model(),
                usage,
                ending,
                took,
                Optional.empty()));
    }

    private Upstream upstream(Question question) {
        return upstreams.of(question.decision().tier());
    }

    private static Pace.Ending ending(Failure failure) {
        return switch (failure) {
            case Failure.UpstreamRateLimited _, Failure.Overloaded _ -> Pace.Ending.REFUSED;
            default -> Pace.Ending.OTHER;
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
