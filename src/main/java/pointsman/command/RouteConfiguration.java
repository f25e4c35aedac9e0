package pointsman.command;

import java.util.HashMap;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import pointsman.access.Policies;
import pointsman.access.RoutesProperties;
import pointsman.access.RoutesProperties.RouteEntry;
import pointsman.access.Tenants;
import pointsman.access.TierPolicy;
import pointsman.access.TierProperties;
import pointsman.failure.StartRefused;
import pointsman.fleet.Model;
import pointsman.fleet.Models;
import pointsman.fleet.ModelsProperties;
import pointsman.route.Ladder;
import pointsman.route.ModelNames;
import pointsman.route.Routes;
import pointsman.score.Calibrations;
import pointsman.score.LadderSpec;
import pointsman.score.Ladders;
import pointsman.score.RungNames;

/// The routes, the names that lead to them, and what the router must know of their rungs.
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {
    /// What the configuration says of ladders, and what their rungs are.
    private record Described(Models models, TierPolicy standard, Policies policies, Ladders scored) {}

    @Bean
    Routes namedRoutes(
            RoutesProperties properties,
            Models models,
            TierPolicy standard,
            Policies policies,
            Ladders scored,
            Tenants tenants) {
        var described = new Described(models, standard, policies, scored);
        var routes = new Routes(properties.all().stream()
                .map(name -> ladder(name, properties.of(name), described))
                .toList());
        tenants.all().forEach(tenant -> routes.check(tenant, models));
        return routes;
    }

    private static Ladder ladder(String name, RouteEntry entry, Described described) {
        var ladder = new Ladder(
                name,
                described.scored().byName().containsKey(name) ? name : Calibrations.STANDARD,
                models(name, entry.rungs(), described.models()),
                entry.policy(name, described.standard(), described.policies()),
                models(name, entry.fallbacks(), described.models()));
        described
                .policies()
                .requireRungs(
                        "pointsman.routes." + name,
                        ladder.policy(),
                        ladder.rungs().size());
        return entry.localOnly() ? ladder.here() : ladder;
    }

    private static List<Model> models(String route, List<String> names, Models models) {
        return names.stream()
                .map(name -> models.named(name)
                        .orElseThrow(() -> new StartRefused(
                                "pointsman.routes.%s: there is no model '%s'".formatted(route, name),
                                "Describe it under pointsman.models, or name one of these: %s."
                                        .formatted(String.join(
                                                ", ",
                                                models.all().stream()
                                                        .map(Model::name)
                                                        .toList())))))
                .toList();
    }

    @Bean
    Ladders scoredLadders(RoutesProperties routes, Models models, ModelsProperties properties, RungNames names) {
        var words = new RungWords(models, properties, names);
        var specs = new HashMap<String, LadderSpec>();
        for (var name : routes.all()) {
            var entry = routes.of(name);
            var _ = models(name, entry.rungs(), models); // what is not there is told before what is not known
            if (words.areNeeded(entry)) {
                specs.put(name, words.words(name, entry));
            }
        }
        return new Ladders(specs);
    }

    @Bean
    ModelNames modelNames(
            Models models, Routes routes, TierProperties properties, RoutesProperties names, Tenants tenants) {
        return new ModelNames(models, routes, properties.aliases(), names.names(), tenants.isOpen());
    }
}
