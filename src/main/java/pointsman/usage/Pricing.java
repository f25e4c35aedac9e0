package pointsman.usage;

import java.util.OptionalLong;

/// What a model's tokens cost, as far as it is known. What nobody knows is never taken for nothing.
public sealed interface Pricing permits Price, Pricing.Unknown {
    /// Nobody knows.
    static Pricing unknown() {
        return new Unknown();
    }

    /// The cost of an answer in micro-dollars, if it is known.
    OptionalLong cost(TokenUsage usage);

    /// Whether it is known.
    default boolean isKnown() {
        return this instanceof Price;
    }

    /// No price of this model is configured, and the catalogue has none.
    record Unknown() implements Pricing {
        @Override
        public OptionalLong cost(TokenUsage usage) {
            return OptionalLong.empty();
        }
    }
}
