package pointsman.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;

/// Tenants as the store keeps them beside their jobs, of this gateway and of older ones.
class TenantTextTest {
    static List<TierPolicy> policies() {
        return List.of(
                new TierPolicy.Threshold(List.of(0.8, 0.6), "pair", "drop_1%_at_90%"),
                new TierPolicy.Threshold(0.5),
                new TierPolicy.Pinned("huge-1", TierPolicy.By.ROUTE),
                new TierPolicy.Pinned("small"),
                new TierPolicy.Unproved("drop_5%_at_90%"));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void aTenantIsReadAsItWasWritten(TierPolicy policy) {
        var tenant = tenant(policy, "deep", true);

        assertThat(TenantText.read(TenantText.of(tenant), Set.of())).isEqualTo(tenant);
    }

    @Test
    void whoHasNoPolicyOfItsOwnHasNone() {
        var tenant = tenant(null, "auto", false);

        assertThat(TenantText.read(TenantText.of(tenant), Set.of())).isEqualTo(tenant);
    }

    @Test
    void theModelsAreThoseThatItMayCallNow() {
        assertThat(TenantText.read("{\"tenant\": \"acme\"}", Set.of("small")).mayCall("large"))
                .isFalse();
    }

    @Test
    void anOlderThresholdIsOneOfTheRouteThatEverybodyHas() {
        var read = read("{\"threshold\":0.8,\"calibration\":\"\",\"promise\":\"\"}");

        assertThat(read.ownPolicy()).contains(new TierPolicy.Threshold(0.8));
        assertThat(read.route()).isEqualTo("auto");
        assertThat(read.isLocalOnly()).isFalse();
    }

    @Test
    void anOlderPromiseIsKept() {
        assertThat(read("{\"threshold\":0.95,\"calibration\":\"chat\",\"promise\":\"drop_1%_at_90%\"}")
                        .ownPolicy())
                .contains(new TierPolicy.Threshold(0.95, "chat", "drop_1%_at_90%"));
    }

    @Test
    void anOlderPinNamesItsTierInCapitals() {
        assertThat(read("{\"decision\":\"pinned_by_tenant\",\"tier\":\"SMALL\"}")
                        .ownPolicy())
                .contains(new TierPolicy.Pinned("small", TierPolicy.By.TENANT));
        assertThat(read("{\"decision\":\"pinned_by_model\",\"tier\":\"LARGE\"}").ownPolicy())
                .contains(new TierPolicy.Pinned("large", TierPolicy.By.MODEL));
    }

    @Test
    void anOlderModelOfAProviderIsAskedByItsName() {
        assertThat(read("{\"decision\":\"named gpt-4o\",\"tier\":\"LARGE\"}").ownPolicy())
                .contains(new TierPolicy.Pinned("gpt-4o", TierPolicy.By.MODEL));
    }

    @Test
    void anOlderPromiseThatNobodyProvedIsKept() {
        assertThat(read("{\"decision\":\"no_threshold_for_drop_5%_at_90%\",\"tier\":\"LARGE\"}")
                        .ownPolicy())
                .contains(new TierPolicy.Unproved("drop_5%_at_90%"));
    }

    @Test
    void whatNoPolicyDecidesIsToldAsItStands() {
        var text = "{\"decision\":\"too_long\",\"tier\":\"LARGE\"}";

        assertThatThrownBy(() -> read(text)).hasMessageEndingWith(text);
    }

    private static Tenant read(String text) {
        return TenantText.read(text, Set.of());
    }

    private static Tenant tenant(@Nullable TierPolicy policy, String route, boolean isLocalOnly) {
        return new Tenant("acme", policy, Set.of(), route, isLocalOnly, Tenant.Targets.ANY);
    }
}
