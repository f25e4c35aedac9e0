package pointsman.upstream;

import pointsman.tier.Tier;

/// What a model's name asks for.
public sealed interface Route {
    /// The tenant's policy chooses the tier.
    record ByPolicy() implements Route {}

    /// The client chose the tier.
    record ToTier(Tier tier) implements Route {}

    /// The upstream that makes embeddings.
    record ToEmbeddings() implements Route {}
}
