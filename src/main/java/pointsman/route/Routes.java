package pointsman.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import pointsman.access.RoutesProperties;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.failure.StartRefused;
import pointsman.fleet.Model;
import pointsman.fleet.Models;

/// The routes of a gateway. `auto` is always there.
public final class Routes {
    private final Map<String, Ladder> byName = new LinkedHashMap<>();
    private final Set<String> rungs;

    /// @param all of them, `auto` among them
    public Routes(Collection<Ladder> all) {
        all.forEach(ladder -> byName.put(ladder.name(), ladder));
        if (!byName.containsKey(RoutesProperties.AUTO)) {
            throw new IllegalArgumentException("there is no route " + RoutesProperties.AUTO);
        }
        rungs = all.stream()
                .flatMap(ladder -> ladder.rungs().stream())
                .map(Model::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Checks what a tenant's configuration says of routes.
    ///
    /// @throws StartRefused if there is no such route or model, or nothing of it is on this machine where
    ///     it must be
    public void check(Tenant tenant, Models models) {
        var ladder = named(tenant.route())
                .orElseThrow(() -> new StartRefused(
                        "pointsman.access.tenants, %s: there is no route '%s'".formatted(tenant.id(), tenant.route()),
                        "There are: %s.".formatted(String.join(", ", names()))));
        if (tenant.isLocalOnly()) {
            var _ = ladder.here();
        }
        if (tenant.ownPolicy().orElse(null) instanceof TierPolicy.Pinned(var model, var _)
                && ladder.rung(model).isEmpty()
                && models.named(model).isEmpty()) {
            throw new StartRefused(
                    "pointsman.access.tenants, %s.tier: there is no model '%s'".formatted(tenant.id(), model),
                    "Name a rung of the route '%s', or a model of pointsman.models.".formatted(ladder.name()));
        }
    }

    /// The one that everybody has.
    public Ladder auto() {
        return Optional.ofNullable(byName.get(RoutesProperties.AUTO)).orElseThrow();
    }

    /// A route by its name, or by that of what of it does not leave this machine.
    public Optional<Ladder> named(String name) {
        if (name.endsWith(Model.HERE)) {
            return Optional.ofNullable(byName.get(name.substring(0, name.length() - Model.HERE.length())))
                    .map(Ladder::closed);
        }
        return Optional.ofNullable(byName.get(name));
    }

    /// Whether a model of this name is a rung of one of them.
    boolean haveRung(String model) {
        return rungs.contains(model);
    }

    /// Their names, `auto` first.
    public List<String> names() {
        var names = new ArrayList<>(byName.keySet());
        names.remove(RoutesProperties.AUTO);
        names.addFirst(RoutesProperties.AUTO);
        return List.copyOf(names);
    }
}
