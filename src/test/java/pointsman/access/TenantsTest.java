package pointsman.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pointsman.access.AccessProperties.Entry;
import pointsman.score.Calibrations;

class TenantsTest {
    private static final TierPolicy STANDARD = new TierPolicy.Threshold(0.5);
    private static final TenantRouting ANYWHERE = new TenantRouting(List.of());
    private static final Policies POLICIES = new Policies(new Calibrations(Map.of()), Calibrations.STANDARD);

    @Test
    void aTenantIsFoundByItsKeyAlone() {
        var key = KeyHash.newKey();
        var tenants = tenants(entry("a", KeyHash.newKey()), entry("b", key));

        assertThat(tenants.byKey(key)).map(Tenant::id).contains("b");
        assertThat(tenants.byKey(key.substring(1))).isEmpty();
        assertThat(tenants.byKey(key + "x")).isEmpty();
        assertThat(tenants.byKey("")).isEmpty();
    }

    @Test
    void aNewKeyIsNeverTheSame() {
        assertThat(KeyHash.newKey()).isNotEqualTo(KeyHash.newKey()).hasSize(3 + 43);
    }

    @Test
    void withNobodyConfiguredThereIsOneLocalTenant() {
        var tenants = new Tenants(new AccessProperties(List.of()), ANYWHERE, POLICIES);

        assertThat(tenants.isOpen()).isTrue();
        assertThat(tenants.byKey("")).map(Tenant::id).contains("local");
    }

    @Test
    void aTenantMayHaveItsOwnPolicy() {
        var key = KeyHash.newKey();
        var pinned = new Entry("a", List.of(KeyHash.of(key).text()), null, null, null, "large", Set.of());

        assertThat(tenants(pinned).byKey(key)).flatMap(Tenant::ownPolicy).contains(new TierPolicy.Pinned("large"));
    }

    @Test
    void aTenantMayBeKeptToSomeModels() {
        var tenant = new Tenant("a", STANDARD, Set.of("small"), "auto", false, Tenant.Targets.ANY);

        assertThat(tenant.mayCall("small")).isTrue();
        assertThat(tenant.mayCall("large")).isFalse();
    }

    @Test
    void badEntriesAreRefusedByName() {
        assertThatThrownBy(() -> new Entry("A b", List.of(), null, null, null, null, Set.of()))
                .hasMessageStartingWith("id: ");
        assertThatThrownBy(() -> new Entry("a", List.of(), null, null, null, null, Set.of()))
                .hasMessageStartingWith("key-hashes: ");
        assertThatThrownBy(() -> new Entry("a", List.of("secret"), null, null, null, null, Set.of()))
                .hasMessageStartingWith("key-hashes: ")
                .hasMessageNotContaining("secret");
        var hash = KeyHash.of("x").text();
        assertThatThrownBy(() -> new Entry("a", List.of(hash), 0.5, null, null, "small", Set.of()))
                .hasMessageStartingWith("tier: ");
        assertThatThrownBy(() -> new Entry("a", List.of(hash), 1.5, null, null, null, Set.of()))
                .hasMessageStartingWith("threshold: ");
    }

    @Test
    void oneKeyCannotBelongToTwoTenants() {
        var key = KeyHash.newKey();

        assertThatThrownBy(() -> tenants(entry("a", key), entry("b", key))).hasMessageContaining("stands twice");
    }

    private static Tenants tenants(Entry... entries) {
        return new Tenants(new AccessProperties(List.of(entries)), ANYWHERE, POLICIES);
    }

    private static Entry entry(String id, String key) {
        return new Entry(id, List.of(KeyHash.of(key).text()), null, null, null, null, Set.of());
    }
}
