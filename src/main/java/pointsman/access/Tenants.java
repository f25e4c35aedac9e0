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
    /// @param standard the policy of tenants that state none
    /// @param policies makes the others'
    public Tenants(AccessProperties properties, TierPolicy standard, Policies policies) {
        for (var entry : properties.tenants()) {
            var tenant = new Tenant(entry.id(), entry.policy(standard, policies), entry.models());
            entry.keyHashes().forEach(hash -> keys.add(new KeyHolder(KeyHash.parse(hash), tenant)));
        }
        local = keys.isEmpty() ? Optional.of(new Tenant("local", standard, Set.of())) : Optional.empty();
    }

    /// Whether the gateway serves whoever reaches it, because nobody is configured.
    public boolean isOpen() {
        return local.isPresent();
    }

    /// The tenant with this key. Every hash is compared, so that time tells nothing about how far a guess came.
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
