package pointsman.usage;

import java.util.Map;
import pointsman.fleet.Tier;

/// The price of each upstream, and what an answer costs and saves by it.
public final class PriceList {
    private final Map<String, Price> prices;

    /// @param prices of the upstreams by their names: one for every tier, and of others
    public PriceList(Map<String, Price> prices) {
        this.prices = Map.copyOf(prices);
    }

    /// What these tokens cost at this upstream, in micro-dollars.
    public long costMicros(String upstream, TokenUsage usage) {
        return price(upstream).costMicros(usage);
    }

    /// What these tokens would have cost more on the large tier, in micro-dollars; negative if small is dearer.
    /// Nothing is saved where no tier answers.
    public long savedMicros(String upstream, TokenUsage usage) {
        return upstream.equals(Tier.SMALL.label())
                ? costMicros(Tier.LARGE.label(), usage) - costMicros(upstream, usage)
                : 0;
    }

    private Price price(String upstream) {
        var price = prices.get(upstream);
        if (price == null) {
            throw new IllegalStateException("no price for the upstream " + upstream);
        }
        return price;
    }
}
