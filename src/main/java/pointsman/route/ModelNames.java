package pointsman.route;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pointsman.failure.StartRefused;
import pointsman.fleet.ModelFamily;
import pointsman.fleet.Models;
import pointsman.fleet.Tier;

/// The names that a client may put into `model`, and what each asks for: `auto`, the tiers, the upstreams' own
/// names, and the configured aliases of these.
///
/// On a gateway without keys, where nobody configured anything, a well-known name that is none of these goes as it
/// is to the provider whose family it is of, if a tier has that provider, and else means `auto`.
public final class ModelNames {
    private static final String AUTO = "auto";

    private final Map<String, Route> routes = new LinkedHashMap<>();
    private final Models models;
    private final boolean keyless;

    /// @param models their own names count too
    /// @param aliases further names, each for one that is known
    /// @param keyless whether the gateway serves whoever reaches it
    /// @throws StartRefused if an alias stands for nothing
    public ModelNames(Models models, Map<String, String> aliases, boolean keyless) {
        this.models = models;
        this.keyless = keyless;
        routes.put(AUTO, new Route.ByPolicy());
        for (var tier : Tier.values()) {
            routes.put(tier.label(), new Route.ToTier(tier));
        }
        for (var tier : Tier.values()) {
            routes.putIfAbsent(models.of(tier).id(), new Route.ToTier(tier));
        }
        models.embeddings().ifPresent(model -> {
            routes.putIfAbsent(Models.EMBEDDINGS, new Route.ToEmbeddings());
            routes.putIfAbsent(model.id(), new Route.ToEmbeddings());
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
        return Optional.ofNullable(routes.get(name)).or(() -> implied(name));
    }

    /// Whether a name stands for nothing that is configured, and is answered by what its family implies.
    public boolean isImplied(String name) {
        return !routes.containsKey(name) && implied(name).isPresent();
    }

    private Optional<Route> implied(String name) {
        return keyless ? ModelFamily.of(name).map(family -> implied(name, family)) : Optional.empty();
    }

    private Route implied(String name, ModelFamily family) {
        return Arrays.stream(Tier.values())
                .filter(tier -> models.of(tier).provider().serves().contains(family))
                .<Route>map(tier -> new Route.ToModel(tier, name))
                .reduce((_, dearer) -> dearer)
                .orElseGet(Route.ByPolicy::new);
    }

    /// Every name, the virtual ones first.
    public List<String> all() {
        return List.copyOf(routes.keySet());
    }
}
