package pointsman.usage;

import java.util.EnumMap;
import java.util.Map;
import pointsman.tier.Tier;

/// The price of each tier, and what an answer costs and saves by it.
public final class PriceList {
    private final Map<Tier, Price> prices;

    /// @param prices one for every tier
    public PriceList(Map<Tier, Price> prices) {
        this.prices = new EnumMap<>(prices);
    }

    /// What these tokens cost on this tier, in micro-dollars.
    public long costMicros(Tier tier, TokenUsage usage) {
        return price(tier).costMicros(usage);
    }

    /// What these tokens would have cost more on the large tier, in micro-dollars; negative if small is dearer.
    public long savedMicros(Tier tier, TokenUsage usage) {
        return costMicros(Tier.LARGE, usage) - costMicros(tier, usage);
    }

    private Price price(Tier tier) {
        var price = prices.get(tier);
        if (price == null) {
            throw new IllegalStateException("no price for the tier " + tier.label());
        }
        return price;
    }
}
