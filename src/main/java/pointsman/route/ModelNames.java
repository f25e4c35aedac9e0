package pointsman.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import pointsman.access.RoutesProperties;
import pointsman.access.RoutesProperties.NameEntry;
import pointsman.failure.StartRefused;
import pointsman.fleet.Model;
import pointsman.fleet.ModelFamily;
import pointsman.fleet.Models;
import pointsman.fleet.catalogue.NamePattern;

/// The names that a client may put into `model`, and what each asks for. In this order: the routes, `small`
/// and `large`, the models' names and those that their providers know them by, the aliases; the configured
/// patterns, of which the first that fits counts; a provider's name, a stroke and a name that it knows;
/// whatever a provider serves by that very name. On a gateway without keys any other well-known name means
/// `auto`.
public final class ModelNames {
    private static final String REFUSE = "refuse", PROVIDER = "provider";

    private final Map<String, Route> own = new LinkedHashMap<>();
    private final Models models;
    private final List<NameEntry> patterns;
    private final boolean keyless;

    /// @param models their own names count too
    /// @param routes the ladders
    /// @param aliases further names, each for one that is known
    /// @param patterns of other names, and what they mean
    /// @param keyless whether the gateway serves whoever reaches it
    /// @throws StartRefused if an alias or a pattern stands for nothing
    public ModelNames(
            Models models, Routes routes, Map<String, String> aliases, List<NameEntry> patterns, boolean keyless) {
        this.models = models;
        this.patterns = List.copyOf(patterns);
        this.keyless = keyless;
        own.put(RoutesProperties.AUTO, new Route.ToLadder(routes.auto()));
        own.put(Models.SMALL, new Route.ToModel(routes.auto().first()));
        own.put(Models.LARGE, new Route.ToModel(routes.auto().last()));
        routes.names().forEach(name -> routes.named(name).ifPresent(known -> own.put(name, new Route.ToLadder(known))));
        models.all().forEach(model -> own.putIfAbsent(model.name(), new Route.ToModel(model)));
        models.all().forEach(model -> own.putIfAbsent(model.id(), new Route.ToModel(model)));
        var known = Map.copyOf(own);
        aliases.forEach((alias, target) -> own.put(
                alias,
                Optional.ofNullable(known.get(target))
                        .or(() -> models.named(target).map(Route.ToModel::new))
                        .orElseThrow(() -> nothing("tier.aliases." + alias, target))));
        patterns.forEach(pattern -> requireMeaning(pattern));
    }

    private StartRefused nothing(String property, String target) {
        return new StartRefused(
                "pointsman.%s: there is no model '%s'".formatted(property, target),
                "It stands for one of %s.".formatted(String.join(", ", own.keySet())));
    }

    private void requireMeaning(NameEntry pattern) {
        switch (pattern.to()) {
            case REFUSE, PROVIDER -> {}
            default -> {
                if (!models.hasProvider(pattern.to()) && target(pattern.to()).isEmpty()) {
                    throw nothing("names, " + pattern.match(), pattern.to());
                }
            }
        }
    }

    /// What a name asks for, if it is known.
    public Optional<Route> route(String name) {
        var known = own.get(name);
        return known != null ? Optional.of(known) : implied(name);
    }

    /// Whether a name stands for nothing that has it, and is answered by what a pattern, a provider or its
    /// family implies.
    public boolean isImplied(String name) {
        return !own.containsKey(name) && implied(name).isPresent();
    }

    private Optional<Route> implied(String name) {
        return patterns.stream()
                .filter(pattern -> NamePattern.matches(pattern.match(), name))
                .findFirst()
                .map(pattern -> meaning(pattern.to(), name))
                .orElseGet(() -> asIs(name).<Route>map(Route.ToModel::new).or(() -> wellKnown(name)));
    }

    /// The pattern by which a name is refused, if that is why it is not known.
    public Optional<String> refusal(String name) {
        return patterns.stream()
                .filter(pattern -> NamePattern.matches(pattern.match(), name))
                .findFirst()
                .filter(pattern -> pattern.to().equals(REFUSE))
                .map(NameEntry::match);
    }

    private Optional<Route> meaning(String to, String name) {
        return switch (to) {
            case REFUSE -> Optional.empty();
            case PROVIDER -> asIs(name).map(Route.ToModel::new);
            default -> target(to).or(() -> models.at(to, name).map(Route.ToModel::new));
        };
    }

    private Optional<Route> target(String name) {
        return Optional.ofNullable(own.get(name)).or(() -> models.named(name).map(Route.ToModel::new));
    }

    private Optional<Model> asIs(String name) {
        return models.named(name).or(() -> models.served(name));
    }

    private Optional<Route> wellKnown(String name) {
        return keyless && ModelFamily.of(name).isPresent()
                ? Optional.ofNullable(own.get(RoutesProperties.AUTO))
                : Optional.empty();
    }

    /// Every name of ours, the virtual ones first, and then what providers are known to serve.
    public List<String> all() {
        return Stream.concat(
                        own.keySet().stream(),
                        models.catalogued().stream().filter(name -> route(name).isPresent()))
                .distinct()
                .toList();
    }
}
