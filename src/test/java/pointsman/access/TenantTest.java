package pointsman.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pointsman.access.Tenant.Targets;

/// The targets that a tenant may set for one request.
class TenantTest {
    private static final TierPolicy HALF = new TierPolicy.Threshold(0.5);

    @Test
    void aTargetWithinItsBoundsCountsForOnce() {
        assertThat(tenant(null, new Targets(0.4, 0.6))
                        .aiming(HALF)
                        .orElseThrow()
                        .ownPolicy())
                .contains(HALF);
    }

    @Test
    void aTargetBeyondThemDoesNot() {
        assertThat(tenant(null, new Targets(0.6, 1)).aiming(HALF)).isEmpty();
        assertThat(tenant(null, new Targets(0, 0.4)).aiming(HALF)).isEmpty();
    }

    @Test
    void whatIsUnprovedIsAsCarefulAsCanBe() {
        var unproved = new TierPolicy.Unproved("drop_1%_at_90%");

        assertThat(tenant(null, Targets.ANY).aiming(unproved)).isPresent();
        assertThat(tenant(null, new Targets(0, 0.9)).aiming(unproved)).isEmpty();
    }

    @Test
    void whoIsPinnedStaysPinned() {
        assertThat(tenant(new TierPolicy.Pinned("small"), Targets.ANY).aiming(HALF))
                .isEmpty();
    }

    @Test
    void boundsThatAreNoneAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Targets(0.6, 0.4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Targets(0, 2));
    }

    private static Tenant tenant(@Nullable TierPolicy policy, Targets targets) {
        return new Tenant("acme", policy, Set.of(), RoutesProperties.AUTO, false, targets);
    }
}
