package pointsman.route;

import pointsman.fleet.Tier;

/// What a model's name asks for.
public sealed interface Route {
    /// The tenant's policy chooses the tier.
    record ByPolicy() implements Route {}

    /// The client chose the tier.
    record ToTier(Tier tier) implements Route {}

    /// A tier's upstream, but for a model of its provider that is not the configured one.
    ///
    /// @param model as the provider knows it
    record ToModel(Tier tier, String model) implements Route {}

    /// The upstream that makes embeddings.
    record ToEmbeddings() implements Route {}
}
