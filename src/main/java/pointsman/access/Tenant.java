package pointsman.access;

import java.util.Set;

/// Who calls: one team, product or person with its own keys, target and limits.
///
/// @param id its name in logs, meters and the ledger
/// @param policy how its `auto` requests are routed
/// @param models the names that it may call; empty: every one
public record Tenant(String id, TierPolicy policy, Set<String> models) {
    public Tenant {
        models = Set.copyOf(models);
    }

    /// Whether the tenant may call a model by this name.
    public boolean mayCall(String model) {
        return models.isEmpty() || models.contains(model);
    }
}
