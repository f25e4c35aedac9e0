package pointsman.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import pointsman.fleet.Tier;
import pointsman.score.ScoreOutcome.Reason;
import pointsman.score.ScoreOutcome.Scored;
import pointsman.score.ScoreOutcome.Unscored;

class TierPolicyTest {
    @Property
    void smallAnswersAtOrAboveTheThreshold(
            @ForAll @DoubleRange(min = 0, max = 1) double score,
            @ForAll @DoubleRange(min = 0, max = 1) double threshold) {
        var decision = new TierPolicy.Threshold(threshold).decide(new Scored(score));

        assertThat(decision.tier()).isEqualTo(score < threshold ? Tier.LARGE : Tier.SMALL);
        assertThat(decision.score()).hasValue(score);
        assertThat(decision.threshold()).hasValue(threshold);
    }

    @Test
    void withoutAScoreTheLargeTierAnswers() {
        var decision = new TierPolicy.Threshold(0).decide(new Unscored(Reason.ROUTER_TIMEOUT));

        assertThat(decision.tier()).isEqualTo(Tier.LARGE);
        assertThat(decision.reason()).isEqualTo("router_timeout");
    }

    @Test
    void aThresholdIsAProbability() {
        assertThatThrownBy(() -> new TierPolicy.Threshold(Double.NaN)).hasMessage("threshold: must be 0 to 1, was NaN");
    }
}
