package pointsman.usage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books every request once: into the meters, and as one line of the log.
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final PriceList prices;
    private final Meters meters;

    /// @param prices what each upstream costs
    /// @param meters where the same numbers are shown
    public Ledger(PriceList prices, Meters meters) {
        this.prices = prices;
        this.meters = meters;
    }

    /// Books one request.
    public void book(Booking booking) {
        var cost = prices.costMicros(booking.by().name(), booking.usage());
        var saved = prices.savedMicros(booking.by().name(), booking.usage());
        meters.record(booking, cost, saved);
        LOG.info(
                "request={} tenant={} operation={} tier={} model={} reason={} ending={} input={} cached={} output={} estimated={} cost_micros={} saved_micros={} ms={}",
                booking.requestId(),
                booking.tenant(),
                booking.operation(),
                booking.by().name(),
                booking.by().model(),
                booking.by().reason(),
                booking.ending().label(),
                booking.usage().input(),
                booking.usage().cachedInput(),
                booking.usage().output(),
                booking.usage().estimated(),
                cost,
                saved,
                booking.duration().toMillis());
    }

    /// What these tokens cost at this upstream, in micro-dollars.
    public long costMicros(String upstream, TokenUsage usage) {
        return prices.costMicros(upstream, usage);
    }
}
