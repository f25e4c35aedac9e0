package pointsman.fleet;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pointsman.route.Decision;
import pointsman.route.Grounds;
import pointsman.route.OnlyOne;

/// The models behind the gateway: one for each tier, and perhaps one for embeddings.
public final class Models {
    /// The name of the one for embeddings.
    public static final String EMBEDDINGS = "embeddings";

    private final Map<Tier, Model> byTier = new EnumMap<>(Tier.class);
    private final @Nullable Model embeddings;

    /// @param small answers for the small tier
    /// @param large answers for the large tier
    /// @param embeddings makes embeddings, if there is one
    public Models(Model small, Model large, @Nullable Model embeddings) {
        byTier.put(Tier.SMALL, small);
        byTier.put(Tier.LARGE, large);
        this.embeddings = embeddings;
    }

    /// Everyone, small first.
    public List<Model> all() {
        return Stream.concat(byTier.values().stream(), embeddings().stream()).toList();
    }

    /// The one that answers for a tier.
    public Model of(Tier tier) {
        return Optional.ofNullable(byTier.get(tier)).orElseThrow();
    }

    /// The one that answers for what was decided, asked for the model that was named.
    ///
    /// @throws java.util.NoSuchElementException if it is the one for embeddings, and there is none
    public Model of(Grounds grounds) {
        return switch (grounds) {
            case Decision.Named named -> of(named.tier()).with(named.model());
            case Decision decision -> of(decision.tier());
            case OnlyOne _ -> embeddings().orElseThrow();
        };
    }

    /// The one of that name.
    public Model named(String name) {
        return all().stream()
                .filter(upstream -> upstream.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// The one that makes embeddings, if there is one.
    public Optional<Model> embeddings() {
        return Optional.ofNullable(embeddings);
    }
}
