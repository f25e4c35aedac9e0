package pointsman.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import pointsman.access.Tenant.Targets;

/// `pointsman.access.tenants`, too: where each one's requests may go, in the order of
/// [AccessProperties#tenants].
///
/// @param tenants in their order
@ConfigurationProperties("pointsman.access")
record TenantRouting(@DefaultValue List<Entry> tenants) {
    /// What one tenant has that says nothing.
    private static final Entry USUAL = new Entry(RoutesProperties.AUTO, false, Targets.ANY);

    public TenantRouting {
        tenants = List.copyOf(tenants);
    }

    /// Where one tenant's requests may go.
    ///
    /// @param route the ladder that `auto` means for it
    /// @param localOnly whether nothing of what it asks may leave this machine
    /// @param requestThreshold the thresholds between which it may choose for a single request
    public record Entry(
            @DefaultValue(RoutesProperties.AUTO) String route,
            @DefaultValue("false") boolean localOnly,
            @DefaultValue Targets requestThreshold) {}

    /// That of the tenant at this place.
    Entry of(int place) {
        return place < tenants.size() ? tenants.get(place) : USUAL;
    }
}
