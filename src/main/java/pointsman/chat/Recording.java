package pointsman.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pointsman.fleet.AnswerPart;
import pointsman.fleet.Outbound;
import pointsman.route.Choice;
import pointsman.usage.Booking;
import pointsman.usage.Booking.Ending;
import pointsman.usage.Ledger;
import pointsman.usage.TokenUsage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/// Watches one call and books it when it ends, however it ends. A call for which no model was chosen is not
/// booked: it cost nothing. Signals come one after the other, but a cancel may come on another thread:
/// hence the volatile fields.
final class Recording {
    private final Call call;
    private final Ledger ledger;
    private final Conversations conversations;
    private volatile @Nullable Choice choice;
    private volatile @Nullable Outbound outbound;
    private volatile @Nullable AnswerPart last;
    private volatile @Nullable Duration firstByte;

    Recording(Call call, Ledger ledger, Conversations conversations) {
        this.call = call;
        this.ledger = ledger;
        this.conversations = conversations;
    }

    /// The call now goes to this model.
    void chose(Choice chosen) {
        choice = chosen;
        outbound = null;
    }

    /// The call is sent to it like this.
    void opened(Outbound way) {
        outbound = way;
    }

    /// Whether something of an answer went to the client.
    boolean hasBegun() {
        return last != null;
    }

    /// Watches an answer's parts to their end.
    Flux<AnswerPart> until(Flux<AnswerPart> parts) {
        return parts.doOnNext(this::saw).doFinally(this::ended);
    }

    /// The answer that begins with this part.
    Answer answer(AnswerPart first, Flux<AnswerPart> parts) {
        var chosen = choice;
        if (chosen == null) {
            throw new IllegalStateException("an answer of nobody");
        }
        return new Answer(chosen, outbound, call.request().size(), first, parts);
    }

    private void saw(AnswerPart part) {
        if (last == null) {
            firstByte = call.age();
        }
        last = part;
        // Now, and not at the end: whoever has read it may send the next turn at once.
        if (part instanceof AnswerPart.Whole && choice != null) {
            conversations.answered(call, choice.model(), usageOf(part));
        }
    }

    private void ended(SignalType signal) {
        var chosen = choice;
        if (chosen == null) {
            return;
        }
        var usage = usage(signal);
        if (!(last instanceof AnswerPart.Whole)) { // a whole one is remembered already
            conversations.answered(call, chosen.model(), usage);
        }
        ledger.book(new Booking(
                call.id(),
                call.tenant().id(),
                call.request().operation().label(),
                chosen.by(modelId(chosen)),
                usage,
                ending(signal),
                call.age(),
                firstByte));
    }

    private String modelId(Choice chosen) {
        var asked = outbound;
        return asked == null ? chosen.model().id() : asked.deployment().id();
    }

    /// A client that leaves before the first byte has had its prompt read all the same. What failed so
    /// early was not.
    private TokenUsage usage(SignalType signal) {
        var part = last;
        if (part != null) {
            return usageOf(part);
        }
        return signal == SignalType.CANCEL ? TokenUsage.estimate(call.request().size(), 0) : TokenUsage.none();
    }

    private TokenUsage usageOf(AnswerPart part) {
        return part.usageOf(call.request().size());
    }

    /// A client that has read the last byte may close its connection before we have noticed that there is
    /// no more: it left nothing behind.
    private Ending ending(SignalType signal) {
        return switch (signal) {
            case ON_COMPLETE -> Ending.COMPLETED;
            case CANCEL -> last != null && last.isLast() ? Ending.COMPLETED : Ending.CANCELLED;
            default -> Ending.FAILED;
        };
    }
}
