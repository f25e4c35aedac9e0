package pointsman.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.Operation;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.Told;
import pointsman.dialect.continuation.Rest;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.AnswerPart;
import pointsman.fleet.Dispatcher;
import pointsman.fleet.Terms;
import pointsman.route.Choice;
import reactor.core.publisher.Flux;

/// Goes on with a stream that breaks off after its first word: at the same model, and where the router chose
/// it at the other rungs. A model that says the same when it is asked the same is asked again, and what the
/// client has is swallowed (so also a call of a tool goes on); else the rest is asked for, see
/// [pointsman.dialect.continuation]. Where nobody goes on, the client is told so by an error.
final class Continuations {
    /// Continuations of one answer.
    private static final int MOST = 4;
    /// A local model that died is up again in this time, or another goes on.
    private static final Duration UP_WITHIN = Duration.ofSeconds(10);

    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Dispatcher dispatcher;

    Continuations(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /// One way to go on.
    private record Attempt(Choice choice, boolean isReplayed) {}

    /// Goes on with the answer that this error ended, if it can be.
    Flux<AnswerPart> after(Call call, Recording recording, Terms terms, Throwable error) {
        return after(call, recording, terms, error, MOST);
    }

    private Flux<AnswerPart> after(Call call, Recording recording, Terms terms, Throwable error, int left) {
        var last = recording.last();
        if (last == null || left == 0 || !isBroken(error) || call.request().operation() != Operation.CHAT) {
            return Flux.error(error);
        }
        return Flux.defer(() -> last.told()
                .map(told ->
                        inTurn(call, recording, terms, told, attempts(recording, told, isSilence(error)), error, left))
                .orElseGet(() -> Flux.error(error)));
    }

    private static boolean isBroken(Throwable error) {
        return error instanceof FailureException known && known.failure() instanceof Failure.StreamBroken;
    }

    /// A model that fell silent would be as silent again.
    private static boolean isSilence(Throwable error) {
        return error.getCause() instanceof FailureException cause && cause.failure() instanceof Failure.UpstreamTimeout;
    }

    /// The same model first, but not twice in a row where there are others.
    private static List<Attempt> attempts(Recording recording, Told told, boolean isSilence) {
        var choice = recording.choice();
        var hasCalls = told.answer().pieces().stream().anyMatch(piece -> piece.kind() instanceof Kind.Call);
        var attempts = new ArrayList<Attempt>();
        var others = hasCalls ? List.<Choice>of() : choice.others();
        if (others.isEmpty() || !(isSilence || choice.isAgain())) {
            if (hasCalls || recording.isRepeatable()) {
                attempts.add(new Attempt(choice.again(), true));
            }
            if (!hasCalls) {
                attempts.add(new Attempt(choice.again(), false));
            }
        }
        others.forEach(other -> attempts.add(new Attempt(other, false)));
        return attempts;
    }

    private Flux<AnswerPart> inTurn(
            Call call, Recording recording, Terms terms, Told told, List<Attempt> attempts, Throwable error, int left) {
        if (attempts.isEmpty() || left == 0) {
            return Flux.error(error);
        }
        var attempt = attempts.getFirst();
        var others = attempts.subList(1, attempts.size());
        var turn = new Turn();
        return Flux.defer(() -> send(call, recording, terms, told, attempt, !others.isEmpty()))
                .doOnNext(part -> turn.goesOn(recording, attempt.choice(), part))
                .filter(part -> part.bytes().length > 0)
                .transform(parts -> call.wishes().tellsSeams() ? told(attempt.choice(), parts) : parts)
                .onErrorResume(next -> turn.hasBegun
                        ? after(call, recording, terms, next, left - 1)
                        : inTurn(call, recording, terms, told, others, error, left - 1));
    }

    private Flux<AnswerPart> send(
            Call call, Recording recording, Terms terms, Told told, Attempt attempt, boolean hasNext) {
        var isJson = call.request().wantsJson();
        var tokens = told.answer().characters() / CHARACTERS_PER_TOKEN;
        var rest = new Rest(told, attempt.isReplayed(), isJson, tokens, recording.soFar());
        var choice = attempt.choice();
        var outbound =
                choice.open(call.caller(), call.request(), call.headers()).goingOn(rest);
        var upWithin = choice.model().local() ? UP_WITHIN : Duration.ZERO;
        return dispatcher.send(
                recording.asks(outbound),
                call.caller(),
                terms.withNext(hasNext).holding(1).up(upWithin));
    }

    /// A comment, which every reader of events skips, tells who goes on from here.
    private static Flux<AnswerPart> told(Choice choice, Flux<AnswerPart> parts) {
        var comment = ": pointsman continued-by=%s\n\n"
                .formatted(choice.model().name())
                .getBytes(UTF_8);
        return parts.switchOnFirst((signal, all) -> signal.get() instanceof AnswerPart.Events first
                ? Flux.concat(Flux.just(first.behind(comment)), all.skip(1))
                : all);
    }

    /// Whether this attempt has told the client something.
    private static final class Turn {
        private boolean hasBegun;

        void goesOn(Recording recording, Choice choice, @Nullable AnswerPart part) {
            if (!hasBegun && part != null && part.bytes().length > 0) {
                hasBegun = true;
                recording.goesOn(choice);
            }
        }
    }
}
