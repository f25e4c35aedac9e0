package pointsman.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pointsman.access.TierPolicy.By;
import pointsman.route.Decision;
import pointsman.route.Grounds;
import pointsman.route.OnlyOne;
import pointsman.score.ScoreOutcome.Reason;

/// Decisions as the store keeps them, of this gateway and of older ones.
class DecisionsTest {
    static List<Grounds> decisions() {
        return List.of(
                new Decision.Scored("huge-1", "deep", 0.91, 0.8, "drop_1%_at_90%"),
                new Decision.Scored("small", "auto", 0.91, 0.8, ""),
                new Decision.Pinned("gpt-4o", By.MODEL),
                new Decision.Pinned("small", By.TENANT),
                new Decision.Pinned("middle-1", By.ROUTE),
                new Decision.Unpromised("large", "drop_5%_at_90%"),
                new Decision.Unscored("large", Reason.ROUTER_TIMEOUT),
                new Decision.Beyond("large", "too_long"),
                new Decision.Beyond("middle-1", "tiny-1_lacks_n"),
                new OnlyOne("small"));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionIsReadAsItWasWritten(Grounds grounds) {
        assertThat(Decisions.of(grounds.model(), Decisions.text(grounds))).isEqualTo(grounds);
    }

    @Test
    void anOlderScoreWasOfTheRouteThatEverybodyHas() {
        assertThat(Decisions.of("small", "scored 0.91 0.8 "))
                .isEqualTo(new Decision.Scored("small", "auto", 0.91, 0.8, ""));
        assertThat(Decisions.of("small", "scored 0.91 0.8 drop_1%_at_90%"))
                .isEqualTo(new Decision.Scored("small", "auto", 0.91, 0.8, "drop_1%_at_90%"));
    }

    @Test
    void anOlderModelOfAProviderIsAskedByItsName() {
        assertThat(Decisions.of("large", "named gpt-4o")).isEqualTo(new Decision.Pinned("gpt-4o", By.MODEL));
    }
}
