package pointsman.fleet;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.pace.Pace;
import reactor.core.publisher.Flux;

/// How long one deployment is waited for: not long while another may answer, unless its own measured pace
/// says that a prompt of this length takes so long; long where nobody else is left, and where it is known to
/// think before it speaks.
final class Patience {
    /// What an answer is taken to be long, of which nobody knows better.
    private static final int USUAL_ANSWER = 2_000;

    private final TimeoutProperties timeouts;
    private final Pace pace;

    Patience(TimeoutProperties timeouts, boolean isLocal) {
        this.timeouts = timeouts;
        this.pace = new Pace(isLocal);
    }

    /// How long the first part may take.
    ///
    /// @param isReplaceable whether another may answer: then half of what time is left is kept for that one
    Duration first(Sending<?> sending, boolean isReplaceable) {
        var least = shorter(timeouts.firstWordTimeout(), longest(sending));
        var size = sending.promptCharacters();
        var isHurried = isReplaceable && !sending.reasons() && size.isPresent();
        var wanted = !isHurried
                ? longest(sending)
                : sending.isStream()
                        ? pace.firstWordWithin(least, longest(sending), size.getAsInt())
                        : pace.wholeWithin(least, longest(sending), size.getAsInt(), USUAL_ANSWER);
        var left = sending.terms().left().get();
        return shorter(wanted, isReplaceable ? left.dividedBy(2) : left);
    }

    private Duration longest(Sending<?> sending) {
        return sending.isStream() && !sending.reasons() ? timeouts.firstByteTimeout() : timeouts.answerTimeout();
    }

    /// How long it may keep silent between two words.
    Duration gap() {
        return timeouts.gapTimeout();
    }

    /// How late the first word is at worst, as a rule; a second may then be asked beside it.
    Pace pace() {
        return pace;
    }

    /// Measures a call.
    <P extends Part> Flux<P> watch(Sending<P> sending, Duration first, Flux<P> parts) {
        var size = sending.promptCharacters();
        if (size.isEmpty()) {
            return parts;
        }
        var call = new Call(size.getAsInt(), first, sending.isStream());
        return parts.doOnNext(call::takes).doOnComplete(call::ends).doOnError(call::fails);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private final class Call {
        private final int promptCharacters;
        private final Duration limit;
        private final boolean isStream;
        private final long startNanos = System.nanoTime();
        private final AtomicReference<@Nullable Part> last = new AtomicReference<>();

        Call(int promptCharacters, Duration limit, boolean isStream) {
            this.promptCharacters = promptCharacters;
            this.limit = limit;
            this.isStream = isStream;
        }

        void takes(Part part) {
            if (last.getAndSet(part) == null && isStream) {
                pace.spoke(promptCharacters, age());
            }
        }

        void ends() {
            if (last.get() instanceof AnswerPart answer) {
                pace.answered(promptCharacters, answer.characters(), age());
            }
        }

        void fails(Throwable error) {
            var isLate = error instanceof FailureException known && known.failure() instanceof Failure.UpstreamTimeout;
            if (isLate && last.get() == null) {
                pace.late(promptCharacters, isStream ? 0 : USUAL_ANSWER, limit);
            }
        }

        private Duration age() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }
    }
}
