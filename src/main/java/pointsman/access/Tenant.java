package pointsman.access;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who calls: one team, product or person with its own keys, target and limits.
///
/// @param id its name in logs, meters and the ledger
/// @param policy how its requests are routed; null: as the route says that they go
/// @param models the names that it may call; empty: every one
/// @param route the ladder that `auto` means for it
/// @param isLocalOnly whether nothing of what it asks may leave this machine
/// @param heldWords how many words of a stream are held back until they are safe; 1 holds none for longer
/// @param targets the thresholds between which it may choose for a single request, in [0, 1]
public record Tenant(
        String id,
        @Nullable TierPolicy policy,
        Set<String> models,
        String route,
        boolean isLocalOnly,
        int heldWords,
        Targets targets) {
    public Tenant {
        models = Set.copyOf(models);
    }

    /// A tenant of the standard route, to whom every model is open.
    public Tenant(String id, TierPolicy policy) {
        this(id, policy, Set.of(), RoutesProperties.AUTO, false, 1, Targets.ANY);
    }

    /// A tenant of whose streams nothing is held back beyond the first word.
    public Tenant(
            String id,
            @Nullable TierPolicy policy,
            Set<String> models,
            String route,
            boolean isLocalOnly,
            Targets targets) {
        this(id, policy, models, route, isLocalOnly, 1, targets);
    }

    /// Thresholds between which a client may choose for a single request.
    ///
    /// @param least the boldest
    /// @param most the most careful
    public record Targets(
            @DefaultValue("0") double least,
            @DefaultValue("1") double most) {
        /// Whichever it likes.
        public static final Targets ANY = new Targets(0, 1);

        public Targets {
            if (!(least >= 0 && least <= most && most <= 1)) {
                throw new IllegalArgumentException(
                        "request-threshold: must be from least to most between 0 and 1, was %s to %s"
                                .formatted(least, most));
            }
        }

        /// Whether it may choose this.
        boolean hold(TierPolicy target) {
            return switch (target) {
                case TierPolicy.Threshold chosen ->
                    chosen.thresholds().stream().allMatch(each -> each >= least && each <= most);
                // What nothing was proved of goes to the last rung, as everything below a threshold of 1 does.
                case TierPolicy.Unproved _ -> most >= 1;
                case TierPolicy.Pinned _ -> false;
            };
        }
    }

    /// Its own say in how a route is climbed, if it has one.
    public Optional<TierPolicy> ownPolicy() {
        return Optional.ofNullable(policy);
    }

    /// The same tenant under this policy and route, to whom every model is open that these name.
    public Tenant settled(TierPolicy policy, String route) {
        return new Tenant(id, policy, Set.of(), route, isLocalOnly, heldWords, targets);
    }

    /// Whether the tenant may call a model by this name.
    public boolean mayCall(String model) {
        return models.isEmpty() || models.contains(model);
    }

    /// The same tenant with this target for once, if it may choose it: whoever is pinned to a model may not.
    public Optional<Tenant> aiming(TierPolicy target) {
        return policy instanceof TierPolicy.Pinned || !targets.hold(target)
                ? Optional.empty()
                : Optional.of(new Tenant(id, target, models, route, isLocalOnly, heldWords, targets));
    }
}
