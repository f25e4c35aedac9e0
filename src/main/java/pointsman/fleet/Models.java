package pointsman.fleet;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The models behind the gateway: those of each tier, in the order in which they are asked, and perhaps one that makes
/// embeddings.
public final class Models {
    /// The name of the one for embeddings.
    public static final String EMBEDDINGS = "embeddings";

    private final Map<Tier, List<Model>> byTier = new EnumMap<>(Tier.class);
    private final @Nullable Model embeddings;

    /// @param small answers for the small tier
    /// @param large answers for the large tier
    /// @param embeddings makes embeddings, if there is one
    public Models(Model small, Model large, @Nullable Model embeddings) {
        byTier.put(Tier.SMALL, List.of(small));
        byTier.put(Tier.LARGE, List.of(large));
        this.embeddings = embeddings;
    }

    /// Everyone, small first.
    public List<Model> all() {
        return Stream.concat(byTier.values().stream().flatMap(List::stream), embeddings().stream())
                .toList();
    }

    /// Those of a tier, in the order in which they are asked; one at least.
    public List<Model> ladder(Tier tier) {
        return Optional.ofNullable(byTier.get(tier)).orElseThrow();
    }

    /// The one of a tier that is asked first.
    public Model of(Tier tier) {
        return ladder(tier).getFirst();
    }

    /// The one that makes embeddings, if there is one.
    public Optional<Model> embeddings() {
        return Optional.ofNullable(embeddings);
    }
}
