package pointsman.usage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books every request once: into the meters, and as one line of the log.
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final Meters meters;

    /// @param meters where the same numbers are shown
    public Ledger(Meters meters) {
        this.meters = meters;
    }

    /// Books one request.
    public void book(Booking booking) {
        var by = booking.by();
        var cost = by.cost(booking.usage(), booking.units());
        var saved = by.saved(booking.usage());
        meters.record(booking, cost, saved);
        LOG.info(
                "request={} tenant={} operation={} tier={} model={} reason={} ending={} input={} cached={} output={} estimated={} cost_micros={} saved_micros={} ms={}{}",
                booking.requestId(),
                booking.tenant(),
                booking.operation(),
                by.name(),
                by.model(),
                by.reason(),
                booking.ending().label(),
                booking.usage().input(),
                booking.usage().cachedInput(),
                booking.usage().output(),
                booking.usage().estimated(),
                cost.isPresent() ? cost.getAsLong() : "unknown",
                saved,
                booking.duration().toMillis(),
                booking.units().words());
    }
}
