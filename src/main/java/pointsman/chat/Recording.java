package pointsman.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pointsman.fleet.AnswerPart;
import pointsman.fleet.Deployment;
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
    private volatile @Nullable Outbound asked;
    private volatile TokenUsage earlier = TokenUsage.none();

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

    /// Somebody is asked to go on with the answer.
    Outbound asks(Outbound way) {
        asked = way;
        return way;
    }

    /// This model goes on with the answer of another, or of its own, that broke off: that is booked now.
    void goesOn(Choice by) {
        var before = choice;
        if (before != null) {
            earlier = soFar();
            book(before.by(modelId(before, outbound)), usage(SignalType.ON_ERROR), Ending.FAILED, firstByte);
        }
        choice = by;
        outbound = asked;
    }

    /// Another model was asked beside one that was late, and one of the two spoke.
    ///
    /// @param other the second one, which was asked last
    /// @param isSecond whether that one spoke
    /// @param isOvertaken whether the one that did not speak was still asked, and not failed: it has read the
    ///     prompt, and is booked
    void raced(Choice other, boolean isSecond, boolean isOvertaken) {
        var first = choice();
        if (isOvertaken) {
            var loser = isSecond ? first : other;
            bookLost(loser, modelId(loser, isSecond ? outbound : asked));
        }
        if (isSecond) {
            choice = other;
            outbound = asked;
        }
    }

    /// This deployment was asked for nothing: another of its model spoke first.
    void lost(Deployment other) {
        bookLost(choice(), other.id());
    }

    private void bookLost(Choice by, String id) {
        var read = TokenUsage.estimate(call.request().size(), 0);
        book(by.by(id), read, Ending.CANCELLED, null);
    }

    /// What the calls took that were made so far.
    TokenUsage soFar() {
        return earlier.plus(usage(SignalType.ON_ERROR));
    }

    /// The part that came last.
    @Nullable
    AnswerPart last() {
        return last;
    }

    /// Who answers.
    Choice choice() {
        var chosen = choice;
        if (chosen == null) {
            throw new IllegalStateException("an answer of nobody");
        }
        return chosen;
    }

    /// Whether the model that answers says the same when it is asked the same.
    boolean isRepeatable() {
        var sent = outbound;
        return sent != null && sent.isRepeatable();
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
        return new Answer(choice(), outbound, call.request().size(), first, parts);
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
        book(chosen.by(modelId(chosen, outbound)), usage, ending(signal), firstByte);
    }

    private void book(Booking.By by, TokenUsage usage, Ending ending, @Nullable Duration first) {
        ledger.book(new Booking(
                call.id(),
                call.tenant().id(),
                call.request().operation().label(),
                by,
                usage,
                ending,
                call.age(),
                first));
    }

    private static String modelId(Choice chosen, @Nullable Outbound sent) {
        return sent == null ? chosen.model().id() : sent.deployment().id();
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
