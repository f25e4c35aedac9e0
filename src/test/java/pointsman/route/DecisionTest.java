package pointsman.route;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.ModelRequest;
import pointsman.score.ScoreOutcome;
import pointsman.score.ScoreOutcome.Reason;
import pointsman.testing.Chat;
import pointsman.testing.Requests;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;

class DecisionTest {
    private static final SampleRoutes ROUTES = SampleRoutes.of(
            SampleModel.named("small").model(), SampleModel.named("large").model());
    private static final ModelRequest REQUEST = Requests.chat(Chat.ask("auto", "Hi"));

    @Property
    void smallAnswersAtOrAboveTheThreshold(
            @ForAll @DoubleRange(min = 0, max = 1) double score,
            @ForAll @DoubleRange(min = 0, max = 1) double threshold) {
        var decision = decision(new TierPolicy.Threshold(threshold), new ScoreOutcome.Scored(List.of(score)));

        assertThat(decision.model()).isEqualTo(score < threshold ? "large" : "small");
        assertThat(decision.score()).hasValue(score);
        assertThat(decision.threshold()).hasValue(threshold);
    }

    @Test
    void withoutAScoreTheLargeTierAnswers() {
        var decision = decision(new TierPolicy.Threshold(0), new ScoreOutcome.Unscored(Reason.ROUTER_TIMEOUT));

        assertThat(decision.model()).isEqualTo("large");
        assertThat(decision.reason()).isEqualTo("router_timeout");
    }

    @Test
    void whereNothingWasProvedLargeAnswersAndSaysSo() {
        var decision = decision(new TierPolicy.Unproved("drop_5%_at_90%"), new ScoreOutcome.Scored(List.of(1.0)));

        assertThat(decision.model()).isEqualTo("large");
        assertThat(decision.reason()).isEqualTo("no_threshold_for_drop_5%_at_90%");
    }

    @Test
    void aPromiseIsToldBesideTheSideOfTheThreshold() {
        assertThat(new Decision.Scored("small", "auto", 0.9, 0.8, "drop_1%_at_90%").reason())
                .isEqualTo("score_at_or_above_threshold_for_drop_1%_at_90%");
    }

    @Test
    void aThresholdIsAProbability() {
        assertThatThrownBy(() -> new TierPolicy.Threshold(Double.NaN)).hasMessage("threshold: must be 0 to 1, was NaN");
    }

    private static Grounds decision(TierPolicy policy, ScoreOutcome outcome) {
        return ROUTES.router((_, _) -> completedFuture(outcome))
                .choose(new Tenant("acme", policy), REQUEST)
                .join()
                .grounds();
    }
}
