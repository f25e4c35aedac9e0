package pointsman.testing;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import pointsman.access.RoutesProperties;
import pointsman.access.RoutesProperties.NameEntry;
import pointsman.access.TierPolicy;
import pointsman.fleet.Abilities;
import pointsman.fleet.Deployment;
import pointsman.fleet.Health;
import pointsman.fleet.Model;
import pointsman.fleet.Models;
import pointsman.fleet.PromptCaching;
import pointsman.fleet.Provider;
import pointsman.fleet.SpokenHabits;
import pointsman.route.Ladder;
import pointsman.route.ModelNames;
import pointsman.route.Router;
import pointsman.route.Routes;
import pointsman.score.ScoreOutcome;
import pointsman.usage.Pricing;

/// Routes, names and a router as a test wants them.
///
/// @param ladders `auto` first
/// @param others models that are rungs of none
/// @param providers who serve models as they are
/// @param aliases further names
/// @param patterns of other names
/// @param keyless whether the gateway serves whoever reaches it
public record SampleRoutes(
        List<Ladder> ladders,
        List<Model> others,
        List<Provider> providers,
        Map<String, String> aliases,
        List<NameEntry> patterns,
        boolean keyless) {
    private static final TierPolicy STANDARD = new TierPolicy.Threshold(0.8);

    /// The route `auto` with these rungs, the cheapest first, on a gateway with keys.
    public static SampleRoutes of(Model... rungs) {
        return of(ladder(RoutesProperties.AUTO, rungs));
    }

    /// A router that gives every prompt the same scores, one for each rung but the last.
    public static Router.Scores scoring(Double... scores) {
        return (_, _) -> completedFuture(new ScoreOutcome.Scored(List.of(scores)));
    }

    /// The same with this ladder.
    public static SampleRoutes of(Ladder auto) {
        return new SampleRoutes(List.of(auto), List.of(), List.of(), Map.of(), List.of(), false);
    }

    /// A ladder whose threshold is 0.8.
    public static Ladder ladder(String name, Model... rungs) {
        return new Ladder(name, "", List.of(rungs), STANDARD, List.of());
    }

    /// Another route beside `auto`.
    public SampleRoutes and(Ladder ladder) {
        return new SampleRoutes(plus(ladders, ladder), others, providers, aliases, patterns, keyless);
    }

    /// Models that are rungs of no route.
    public SampleRoutes beside(Model... models) {
        return new SampleRoutes(
                ladders,
                Stream.concat(others.stream(), Stream.of(models)).toList(),
                providers,
                aliases,
                patterns,
                keyless);
    }

    /// Somebody who serves models as they are.
    public SampleRoutes servedBy(Provider provider) {
        return new SampleRoutes(ladders, others, plus(providers, provider), aliases, patterns, keyless);
    }

    /// A further name.
    public SampleRoutes alias(String name, String target) {
        var more = new HashMap<>(aliases);
        more.put(name, target);
        return new SampleRoutes(ladders, others, providers, Map.copyOf(more), patterns, keyless);
    }

    /// What names of a pattern mean, unless an earlier pattern fits.
    public SampleRoutes pattern(String match, String to) {
        return new SampleRoutes(ladders, others, providers, aliases, plus(patterns, new NameEntry(match, to)), keyless);
    }

    /// On a gateway that serves whoever reaches it.
    public SampleRoutes withoutKeys() {
        return new SampleRoutes(ladders, others, providers, aliases, patterns, true);
    }

    public Models models() {
        var all = new LinkedHashSet<Model>();
        ladders.forEach(ladder -> all.addAll(ladder.rungs()));
        ladders.forEach(ladder -> all.addAll(ladder.fallbacks()));
        all.addAll(others);
        return new Models(all, providers, List.of(), SampleRoutes::asIs);
    }

    public Routes routes() {
        return new Routes(ladders);
    }

    public ModelNames names() {
        return new ModelNames(models(), routes(), aliases, patterns, keyless);
    }

    public Router router(Router.Scores scores) {
        return new Router(names(), models(), routes(), scores);
    }

    /// A model by the name that its provider serves it by, of which nothing is known.
    private static Model asIs(Provider provider, String id) {
        var deployment = new Deployment(
                provider.name(),
                id,
                provider,
                1,
                PromptCaching.NONE,
                SpokenHabits.NONE,
                Map.of(),
                false,
                Health.UNKNOWN);
        return new Model(
                provider.name() + "/" + id, List.of(deployment), Abilities.unknown(), Pricing.unknown(), List.of());
    }

    private static <T> List<T> plus(List<T> some, T more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
