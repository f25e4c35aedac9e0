package pointsman.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import pointsman.access.TierPolicy;
import pointsman.fleet.Tier;
import pointsman.score.ScoreOutcome.Reason;
import pointsman.score.ScoreOutcome.Scored;
import pointsman.score.ScoreOutcome.Unscored;

class DecisionTest {
    @Property
    void smallAnswersAtOrAboveTheThreshold(
            @ForAll @DoubleRange(min = 0, max = 1) double score,
            @ForAll @DoubleRange(min = 0, max = 1) double threshold) {
        var decision = Decision.of(new TierPolicy.Threshold(threshold), new Scored(score));

        assertThat(decision.tier()).isEqualTo(score < threshold ? Tier.LARGE : Tier.SMALL);
        assertThat(decision.score()).hasValue(score);
        assertThat(decision.threshold()).hasValue(threshold);
    }

    @Test
    void withoutAScoreTheLargeTierAnswers() {
        var decision = Decision.of(new TierPolicy.Threshold(0), new Unscored(Reason.ROUTER_TIMEOUT));

        assertThat(decision.tier()).isEqualTo(Tier.LARGE);
        assertThat(decision.reason()).isEqualTo("router_timeout");
    }

    @Test
    void whereNothingWasProvedLargeAnswersAndSaysSo() {
        var decision =
                Decision.foregone(new TierPolicy.Unproved("drop_5%_at_90%")).orElseThrow();

        assertThat(decision.tier()).isEqualTo(Tier.LARGE);
        assertThat(decision.reason()).isEqualTo("no_threshold_for_drop_5%_at_90%");
    }

    @Test
    void aThresholdIsAProbability() {
        assertThatThrownBy(() -> new TierPolicy.Threshold(Double.NaN)).hasMessage("threshold: must be 0 to 1, was NaN");
    }
}
