package pointsman.upstream;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pointsman.tier.Tier;

/// The models behind the gateway, one for each tier.
public final class Upstreams {
    private final Map<Tier, Upstream> byTier = new EnumMap<>(Tier.class);

    /// @param small answers for the small tier
    /// @param large answers for the large tier
    public Upstreams(Upstream small, Upstream large) {
        byTier.put(Tier.SMALL, small);
        byTier.put(Tier.LARGE, large);
    }

    /// Both, small first.
    public List<Upstream> all() {
        return List.copyOf(byTier.values());
    }

    /// The one that answers for a tier.
    public Upstream of(Tier tier) {
        return Optional.ofNullable(byTier.get(tier)).orElseThrow();
    }

    /// The tier whose upstream knows its model by this name.
    public Optional<Tier> tierOfModel(String model) {
        return all().stream()
                .filter(upstream -> upstream.model().equals(model))
                .map(Upstream::tier)
                .findFirst();
    }
}
