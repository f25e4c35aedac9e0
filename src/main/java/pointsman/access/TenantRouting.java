package pointsman.access;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import pointsman.access.Tenant.Targets;

/// `pointsman.access.tenants`, too: where each one's requests may go.
///
/// @param tenants each by the id that [AccessProperties#tenants] knows it by
@ConfigurationProperties("pointsman.access")
record TenantRouting(@DefaultValue List<Entry> tenants) {
    /// What one tenant has that says nothing.
    private static final Entry USUAL = new Entry("", RoutesProperties.AUTO, false, 1, Targets.ANY);

    public TenantRouting {
        tenants = List.copyOf(tenants);
    }

    /// Where one tenant's requests may go.
    ///
    /// @param id its own; a list with an entry of which nothing is bound is refused, so it is read here, too
    /// @param route the ladder that `auto` means for it
    /// @param localOnly whether nothing of what it asks may leave this machine
    /// @param holdWords how many words of a stream are held back until they are safe
    /// @param requestThreshold the thresholds between which it may choose for a single request
    public record Entry(
            @DefaultValue("") String id,
            @DefaultValue(RoutesProperties.AUTO) String route,
            @DefaultValue("false") boolean localOnly,
            @DefaultValue("1") int holdWords,
            @DefaultValue Targets requestThreshold) {
        public Entry {
            if (holdWords < 1) {
                throw new IllegalArgumentException("hold-words: less than 1");
            }
        }
    }

    /// That of a tenant.
    Entry of(String id) {
        return tenants.stream().filter(each -> each.id().equals(id)).findFirst().orElse(USUAL);
    }
}
