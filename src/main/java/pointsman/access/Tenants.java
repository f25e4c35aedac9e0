package pointsman.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everybody who may come in. With nobody configured that is one local tenant without a key.
public final class Tenants {
    private final List<KeyHolder> keys = new ArrayList<>();
    private final Optional<Tenant> local;

    /// @param properties the configured tenants
    /// @param routing where their requests may go
    /// @param policies makes the policies of those that state one
    Tenants(AccessProperties properties, TenantRouting routing, Policies policies) {
        for (var entry : properties.tenants()) {
            var where = routing.of(entry.id());
            var tenant = new Tenant(
                    entry.id(),
                    entry.policy(policies).orElse(null),
                    entry.models(),
                    where.route(),
                    where.localOnly(),
                    where.holdWords(),
                    where.requestThreshold());
            entry.keyHashes().forEach(hash -> keys.add(new KeyHolder(KeyHash.parse(hash), tenant)));
        }
        local = keys.isEmpty()
                ? Optional.of(new Tenant("local", null, Set.of(), RoutesProperties.AUTO, false, Tenant.Targets.ANY))
                : Optional.empty();
    }

    /// Everybody who may come in.
    public List<Tenant> all() {
        return local.map(List::of)
                .orElseGet(() -> keys.stream().map(KeyHolder::tenant).distinct().toList());
    }

    /// Whether the gateway serves whoever reaches it, because nobody is configured.
    public boolean isOpen() {
        return local.isPresent();
    }

    /// The tenant with this key. Every hash is compared, so that time tells nothing about how far a guess
    /// came.
    public Optional<Tenant> byKey(String key) {
        if (local.isPresent()) {
            return local;
        }
        var presented = KeyHash.of(key);
        Optional<Tenant> found = Optional.empty();
        for (var holder : keys) {
            if (holder.hash().matches(presented)) {
                found = Optional.of(holder.tenant());
            }
        }
        return found;
    }

    private record KeyHolder(KeyHash hash, Tenant tenant) {}
}
