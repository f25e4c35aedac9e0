package pointsman.access;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import pointsman.fleet.Models;
import pointsman.fleet.UsedModels;

/// `pointsman.routes` and `pointsman.names`: the ladders of models between which is chosen, and what other
/// names that clients send mean.
///
/// @param routes by their names; `auto` is there in any case
/// @param names patterns in the order in which they are tried
@ConfigurationProperties("pointsman")
public record RoutesProperties(
        @DefaultValue Map<String, RouteEntry> routes,
        @DefaultValue List<NameEntry> names) {
    /// The route that everybody has.
    public static final String AUTO = "auto";

    public RoutesProperties {
        routes = Map.copyOf(routes);
        names = List.copyOf(names);
    }

    /// Those of `auto`, where nobody configured any.
    private static final RouteEntry STANDARD =
            new RouteEntry(List.of(Models.SMALL, Models.LARGE), List.of(), null, null, null, List.of(), false);

    /// A route by its name.
    public RouteEntry of(String name) {
        return routes.getOrDefault(name, STANDARD);
    }

    /// Every route's name, `auto` among them.
    public List<String> all() {
        var all = new TreeSet<>(routes.keySet());
        all.add(AUTO);
        return List.copyOf(all);
    }

    /// The models that routes are made of.
    UsedModels used() {
        return new UsedModels(all().stream()
                .map(this::of)
                .flatMap(route -> Stream.concat(route.rungs().stream(), route.fallbacks().stream()))
                .collect(java.util.stream.Collectors.toSet()));
    }

    /// One ladder, and how it is climbed.
    ///
    /// @param rungs models by their names, the cheapest first
    /// @param threshold the score from which on a rung answers: one for all of them, or one for each but
    ///     the last
    /// @param maxQualityDrop in place of a threshold: how much quality may be lost against the last rung
    /// @param calibration whose models are scored, by its name under `pointsman.router.calibrations`
    /// @param pin in place of both: the rung that answers everything
    /// @param fallbacks models that answer when none of the rungs that may does
    /// @param localOnly whether nothing may leave this machine
    public record RouteEntry(
            @DefaultValue List<String> rungs,
            @DefaultValue List<Double> threshold,
            @Nullable String maxQualityDrop,
            @Nullable String calibration,
            @Nullable String pin,
            @DefaultValue List<String> fallbacks,
            @DefaultValue("false") boolean localOnly) {
        public RouteEntry {
            rungs = rungs.isEmpty() ? List.of(Models.SMALL, Models.LARGE) : List.copyOf(rungs);
            threshold = List.copyOf(threshold);
            fallbacks = List.copyOf(fallbacks);
            if (rungs.stream().distinct().count() < rungs.size()) {
                throw new IllegalArgumentException("rungs: one of them stands twice");
            }
            if (Stream.of(threshold.isEmpty() ? null : threshold, maxQualityDrop, pin)
                            .filter(Objects::nonNull)
                            .count()
                    > 1) {
                throw new IllegalArgumentException(
                        "a route has a threshold, a max-quality-drop or a pin; leave all but one of them out");
            }
            if (threshold.size() > 1 && threshold.size() != rungs.size() - 1) {
                throw new IllegalArgumentException(
                        "threshold: one for all rungs, or one for each but the last: 1 or %d, was %d"
                                .formatted(rungs.size() - 1, threshold.size()));
            }
            if (!threshold.isEmpty()) {
                new TierPolicy.Threshold(threshold);
            }
        }

        /// How it is climbed.
        ///
        /// @param standard how a route is that says nothing
        public TierPolicy policy(String name, TierPolicy standard, Policies policies) {
            try {
                if (pin != null) {
                    return new TierPolicy.Pinned(pin, TierPolicy.By.ROUTE);
                }
                if (maxQualityDrop != null) {
                    return policies.maxQualityDrop(maxQualityDrop, calibration);
                }
                return threshold.isEmpty() ? standard : policies.threshold(threshold, calibration);
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException("pointsman.routes.%s.%s".formatted(name, wrong.getMessage()), wrong);
            }
        }
    }

    /// What names of a pattern mean.
    ///
    /// @param match a name, in which `*` stands for anything
    /// @param to a route, a model, `provider` (as it is to whoever serves it), a provider by its name, or
    ///     `refuse`
    public record NameEntry(
            @DefaultValue("") String match,
            @DefaultValue("") String to) {
        public NameEntry {
            if (match.isBlank() || to.isBlank()) {
                throw new IllegalArgumentException("names: each has a match and a to");
            }
        }
    }
}
