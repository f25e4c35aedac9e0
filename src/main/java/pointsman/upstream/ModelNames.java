package pointsman.upstream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pointsman.failure.StartRefused;
import pointsman.tier.Tier;

/// The names that a client may put into `model`, and what each asks for: `auto`, the tiers, the upstreams' own
/// names, and the configured aliases of these.
public final class ModelNames {
    private static final String AUTO = "auto";

    private final Map<String, Route> routes = new LinkedHashMap<>();

    /// @param upstreams their models' names count too
    /// @param aliases further names, each for one that is known
    /// @throws StartRefused if an alias stands for nothing
    public ModelNames(Upstreams upstreams, Map<String, String> aliases) {
        routes.put(AUTO, new Route.ByPolicy());
        for (var tier : Tier.values()) {
            routes.put(tier.label(), new Route.ToTier(tier));
        }
        for (var tier : Tier.values()) {
            routes.putIfAbsent(upstreams.of(tier).model(), new Route.ToTier(tier));
        }
        upstreams.embeddings().ifPresent(upstream -> {
            routes.putIfAbsent(Upstreams.EMBEDDINGS, new Route.ToEmbeddings());
            routes.putIfAbsent(upstream.model(), new Route.ToEmbeddings());
        });
        var known = Map.copyOf(routes);
        aliases.forEach((alias, target) -> addAlias(known, alias, target));
    }

    private void addAlias(Map<String, Route> known, String alias, String target) {
        var route = known.get(target);
        if (route == null) {
            throw new StartRefused(
                    "pointsman.tier.aliases.%s: there is no model '%s'".formatted(alias, target),
                    "An alias stands for one of %s.".formatted(String.join(", ", routes.keySet())));
        }
        routes.put(alias, route);
    }

    /// What a name asks for, if it is known.
    public Optional<Route> route(String name) {
        return Optional.ofNullable(routes.get(name));
    }

    /// Every name, the virtual ones first.
    public List<String> all() {
        return List.copyOf(routes.keySet());
    }
}
