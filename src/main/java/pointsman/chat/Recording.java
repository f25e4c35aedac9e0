package pointsman.chat;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pointsman.fleet.Model;
import pointsman.route.Grounds;
import pointsman.usage.Booking.Ending;
import pointsman.usage.Booking;
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
    private final Conversations conversations;
    private volatile @Nullable Grounds grounds;
    private volatile @Nullable Model upstream;
    private volatile @Nullable Reply last;
    private volatile Optional<Duration> firstByte = Optional.empty();

    Recording(Call call, Ledger ledger, Conversations conversations) {
        this.call = call;
        this.ledger = ledger;
        this.conversations = conversations;
    }

    /// The call now goes to this upstream.
    void decided(Grounds grounds, Model upstream) {
        this.grounds = grounds;
        this.upstream = upstream;
    }

    /// Whether something of an answer went to the client.
    boolean hasBegun() {
        return last != null;
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
        // Now, and not at the end: whoever has read it may send the next turn at once.
        if (reply.isWhole()) {
            conversations.answered(call, reply.upstream(), reply.usage());
        }
    }

    private void ended(SignalType signal) {
        if (grounds != null && upstream != null) {
            var usage = usage(signal);
            if (last == null || !last.isWhole()) { // a whole one is remembered already
                conversations.answered(call, upstream, usage);
            }
            ledger.book(new Booking(
                    call.id(),
                    call.tenant().id(),
                    call.request().operation().label(),
                    upstream.name(),
                    grounds.reason(),
                    upstream.model(),
                    usage,
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

    /// A client that has read the last byte may close its connection before we have noticed that there is no more: it
    /// left nothing behind.
    private Ending ending(SignalType signal) {
        return switch (signal) {
            case ON_COMPLETE -> Ending.COMPLETED;
            case CANCEL -> last != null && last.part().isLast() ? Ending.COMPLETED : Ending.CANCELLED;
            default -> Ending.FAILED;
        };
    }
}
