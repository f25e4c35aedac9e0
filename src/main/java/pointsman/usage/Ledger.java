package pointsman.usage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books every request once: into the totals of its tenant and upstream, into the meters, and as one line of the
/// log.
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final PriceList prices;
    private final Meters meters;
    private final Map<Account, Running> totals = new ConcurrentHashMap<>();

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
        totals.computeIfAbsent(new Account(booking.tenant(), booking.by().name()), _ -> new Running())
                .add(booking.usage(), cost, saved);
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

    /// What a tenant has used of an upstream since the gateway started.
    public Totals totals(String tenant, String upstream) {
        var running = totals.get(new Account(tenant, upstream));
        return running == null ? Totals.NONE : running.sum();
    }

    /// Sums over bookings.
    ///
    /// @param requests how many
    /// @param input tokens of prompts
    /// @param output tokens of answers
    /// @param costMicros in micro-dollars
    /// @param savedMicros against the large tier, in micro-dollars
    public record Totals(long requests, long input, long output, long costMicros, long savedMicros) {
        static final Totals NONE = new Totals(0, 0, 0, 0, 0);
    }

    private record Account(String tenant, String upstream) {}

    private static final class Running {
        private final LongAdder requests = new LongAdder();
        private final LongAdder input = new LongAdder();
        private final LongAdder output = new LongAdder();
        private final LongAdder costMicros = new LongAdder();
        private final LongAdder savedMicros = new LongAdder();

        void add(TokenUsage usage, long cost, long saved) {
            requests.increment();
            input.add(usage.input());
            output.add(usage.output());
            costMicros.add(cost);
            savedMicros.add(saved);
        }

        Totals sum() {
            return new Totals(requests.sum(), input.sum(), output.sum(), costMicros.sum(), savedMicros.sum());
        }
    }
}
