package pointsman.usage;

import java.util.Map;

/// The price of each model, and what an answer costs and saves by it.
public final class PriceList {
    private final Map<String, Price> prices;
    private final Map<String, Price> otherwise;

    /// @param prices of the models by their names
    /// @param otherwise of those that spare a dearer one: what that would have cost
    public PriceList(Map<String, Price> prices, Map<String, Price> otherwise) {
        this.prices = Map.copyOf(prices);
        this.otherwise = Map.copyOf(otherwise);
    }

    /// What these tokens cost at this model, in micro-dollars.
    public long costMicros(String model, TokenUsage usage) {
        var price = prices.get(model);
        if (price == null) {
            throw new IllegalStateException("no price for the model " + model);
        }
        return price.costMicros(usage);
    }

    /// What these tokens would have cost more at the model that was spared, in micro-dollars; negative if that is
    /// cheaper, nothing where none was.
    public long savedMicros(String model, TokenUsage usage) {
        var dearer = otherwise.get(model);
        return dearer == null ? 0 : dearer.costMicros(usage) - costMicros(model, usage);
    }
}
