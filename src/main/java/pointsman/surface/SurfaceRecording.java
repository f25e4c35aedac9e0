package pointsman.surface;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import pointsman.fleet.RawOutbound;
import pointsman.fleet.RawPart;
import pointsman.route.Choice;
import pointsman.usage.Booking;
import pointsman.usage.Booking.Ending;
import pointsman.usage.Ledger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/// Watches one call and books it when it ends, however it ends. Signals come one after the other,
/// but a cancel may come on another thread: hence the volatile fields.
final class SurfaceRecording {
    private final SurfaceCall call;
    private final Choice choice;
    private final RawOutbound outbound;
    private final Ledger ledger;
    private final Metering metering;
    private volatile @Nullable Duration firstByte;
    private volatile boolean isWhole;

    SurfaceRecording(SurfaceCall call, Choice choice, RawOutbound outbound, Ledger ledger) {
        this.call = call;
        this.choice = choice;
        this.outbound = outbound;
        this.ledger = ledger;
        this.metering = new Metering(call.request());
    }

    /// Watches an answer's parts to their end.
    Flux<RawPart> until(Flux<RawPart> parts) {
        return parts.doOnNext(this::saw).doFinally(this::ended);
    }

    /// The answer that begins with this part.
    SurfaceAnswer answer(RawPart first, Flux<RawPart> parts) {
        var by = choice.by(outbound.deployment().id());
        var cost = first.head().isJson() ? by.cost(metering.usage(), metering.units(true)) : OptionalLong.empty();
        return new SurfaceAnswer(choice, outbound, cost, first.head(), parts);
    }

    private void saw(RawPart part) {
        metering.take(part, outbound.deployment().name());
        if (firstByte == null) {
            firstByte = call.age();
        }
        isWhole = part.head().isJson();
    }

    private void ended(SignalType signal) {
        var isAsked = firstByte != null || signal == SignalType.CANCEL;
        ledger.book(new Booking(
                call.id(),
                call.tenant().id(),
                call.request().surface().label(),
                choice.by(outbound.deployment().id()),
                metering.usage(),
                metering.units(isAsked),
                ending(signal),
                call.age(),
                firstByte));
    }

    /// A client that has read a whole answer may close its connection before we have noticed that
    /// there is no more.
    private Ending ending(SignalType signal) {
        return switch (signal) {
            case ON_COMPLETE -> Ending.COMPLETED;
            case CANCEL -> isWhole ? Ending.COMPLETED : Ending.CANCELLED;
            default -> Ending.FAILED;
        };
    }
}
