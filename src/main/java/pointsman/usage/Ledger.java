package pointsman.usage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pointsman.tier.Tier;

/// Books every request once: into the totals of its tenant and tier, into the meters, and as one line of the log.
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final PriceList prices;
    private final Meters meters;
    private final Map<Account, Running> totals = new ConcurrentHashMap<>();

    /// @param prices what each tier costs
    /// @param meters where the same numbers are shown
    public Ledger(PriceList prices, Meters meters) {
        this.prices = prices;
        this.meters = meters;
    }

    /// Books one request.
    public void book(Booking booking) {
        var tier = booking.decision().tier();
        var cost = prices.costMicros(tier, booking.usage());
        var saved = prices.savedMicros(tier, booking.usage());
        totals.computeIfAbsent(new Account(booking.tenant(), tier), _ -> new Running())
                .add(booking.usage(), cost, saved);
        meters.record(booking, cost, saved);
        LOG.info(
                "request={} tenant={} tier={} model={} reason={} ending={} input={} cached={} output={} estimated={} cost_micros={} saved_micros={} ms={}",
                booking.requestId(),
                booking.tenant(),
                tier.label(),
                booking.upstreamModel(),
                booking.decision().reason(),
                booking.ending().label(),
                booking.usage().input(),
                booking.usage().cachedInput(),
                booking.usage().output(),
                booking.usage().estimated(),
                cost,
                saved,
                booking.duration().toMillis());
    }

    /// What these tokens cost on this tier, in micro-dollars.
    public long costMicros(Tier tier, TokenUsage usage) {
        return prices.costMicros(tier, usage);
    }

    /// What a tenant has used of a tier since the gateway started.
    public Totals totals(String tenant, Tier tier) {
        var running = totals.get(new Account(tenant, tier));
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

    private record Account(String tenant, Tier tier) {}

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
