package pointsman.chat;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pointsman.tier.Decision;
import pointsman.upstream.Upstream;
import pointsman.usage.Booking;
import pointsman.usage.Booking.Ending;
import pointsman.usage.Ledger;
import pointsman.usage.TokenUsage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/// Watches one call and books it when it ends, however it ends. A call that no upstream was chosen for is not
/// booked: it
/// cost nothing. Signals come one after the other, but a cancel may come on another thread: hence the volatile
/// fields.
final class Recording {
    private final Call call;
    private final Ledger ledger;
    private volatile @Nullable Decision decision;
    private volatile @Nullable Upstream upstream;
    private volatile @Nullable Reply last;
    private volatile Optional<Duration> firstByte = Optional.empty();

    Recording(Call call, Ledger ledger) {
        this.call = call;
        this.ledger = ledger;
    }

    /// The call now goes to this upstream.
    void decided(Decision decision, Upstream upstream) {
        this.decision = decision;
        this.upstream = upstream;
    }

    /// Watches the replies to their end.
    Flux<Reply> until(Flux<Reply> replies) {
        return replies.doOnNext(this::saw).doFinally(this::ended);
    }

    private void saw(Reply reply) {
        if (last == null) {
            firstByte = Optional.of(call.age());
        }
        last = reply;
    }

    private void ended(SignalType signal) {
        if (decision != null && upstream != null) {
            ledger.book(new Booking(
                    call.id(),
                    call.tenant().id(),
                    decision,
                    upstream.model(),
                    usage(signal),
                    ending(signal),
                    call.age(),
                    firstByte));
        }
    }

    /// A client that leaves before the first byte has had its prompt read all the same. What failed so early
    /// was not.
    private TokenUsage usage(SignalType signal) {
        if (last != null) {
            return last.usage();
        }
        return signal == SignalType.CANCEL ? TokenUsage.estimate(call.request().size(), 0) : TokenUsage.none();
    }

    private static Ending ending(SignalType signal) {
        return switch (signal) {
            case ON_COMPLETE -> Ending.COMPLETED;
            case CANCEL -> Ending.CANCELLED;
            default -> Ending.FAILED;
        };
    }
}
