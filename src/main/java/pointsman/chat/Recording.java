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

/// Watches one call and books it when it ends, however it ends. A call that nobody was asked for is not booked: it cost
/// nothing. Signals of one call come one after the other, so nothing here is guarded.
final class Recording {
    private final Call call;
    private final Ledger ledger;
    private @Nullable Decision decision;
    private @Nullable Upstream upstream;
    private @Nullable Reply last;
    private Optional<Duration> firstByte = Optional.empty();

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
                    usage(),
                    ending(signal),
                    call.age(),
                    firstByte));
        }
    }

    /// Nothing was answered: nothing was used.
    private TokenUsage usage() {
        return last == null ? new TokenUsage(0, 0, 0, false) : last.usage();
    }

    private static Ending ending(SignalType signal) {
        return switch (signal) {
            case ON_COMPLETE -> Ending.COMPLETED;
            case CANCEL -> Ending.CANCELLED;
            default -> Ending.FAILED;
        };
    }
}
