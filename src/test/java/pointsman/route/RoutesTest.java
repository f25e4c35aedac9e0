package pointsman.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.failure.StartRefused;
import pointsman.fleet.Model;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;

/// What a tenant's configuration may say of routes.
class RoutesTest {
    private static final Model HERE = SampleModel.named("here").runHere().model();
    private static final Model FAR = SampleModel.named("far").at("https://api.openai.com/v1");
    private static final Model BESIDE = SampleModel.named("beside").model();
    private static final SampleRoutes ROUTES =
            SampleRoutes.of(HERE, FAR).and(SampleRoutes.ladder("remote", FAR)).beside(BESIDE);

    @ParameterizedTest
    @ValueSource(strings = {"here", "far", "small", "large", "beside"})
    void aTenantMayBePinnedToARungOrAModel(String model) {
        assertThatCode(() -> check(tenant(new TierPolicy.Pinned(model), "auto", false)))
                .doesNotThrowAnyException();
    }

    @Test
    void aModelThatNobodyDescribedIsRefused() {
        assertThatThrownBy(() -> check(tenant(new TierPolicy.Pinned("huge"), "auto", false)))
                .isInstanceOf(StartRefused.class)
                .hasMessage("pointsman.access.tenants, acme.tier: there is no model 'huge'");
    }

    @Test
    void aRouteThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> check(tenant(null, "nowhere", false)))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.action()).isEqualTo("There are: auto, remote."))
                .hasMessage("pointsman.access.tenants, acme: there is no route 'nowhere'");
    }

    @Test
    void whoStaysHereNeedsARungThatDoes() {
        assertThatCode(() -> check(tenant(null, "auto", true))).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(tenant(null, "remote", true))).isInstanceOf(StartRefused.class);
    }

    @Test
    void withoutARouteThatEverybodyHasThereAreNone() {
        assertThatThrownBy(() -> new Routes(List.of(SampleRoutes.ladder("remote", FAR))))
                .hasMessage("there is no route auto");
    }

    @Test
    void whatDoesNotStayHereIsCutFromALadder() {
        assertThat(ROUTES.routes().auto().here().rungs()).containsExactly(HERE);
    }

    private static void check(Tenant tenant) {
        ROUTES.routes().check(tenant, ROUTES.models());
    }

    private static Tenant tenant(@Nullable TierPolicy policy, String route, boolean isLocalOnly) {
        return new Tenant("acme", policy, Set.of(), route, isLocalOnly, Tenant.Targets.ANY);
    }
}
