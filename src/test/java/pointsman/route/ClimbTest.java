package pointsman.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.access.TierPolicy;
import pointsman.route.Climb.Costs;
import pointsman.score.ScoreOutcome;
import pointsman.score.ScoreOutcome.Reason;

class ClimbTest {
    private static final List<Integer> ALL = List.of(0, 1, 2);
    private static final Climb CLIMB = new Climb("auto", List.of("a", "b", "c"), List.of(0.8, 0.6));

    @ParameterizedTest
    @CsvSource({"0.8, 0.9, a, 0.8, 0.8", "0.7, 0.9, b, 0.9, 0.6", "0.7, 0.6, b, 0.6, 0.6", "0.7, 0.5, c, 0.5, 0.6"})
    void theFirstRungThatIsGoodEnoughAnswers(double first, double second, String rung, double score, double limit) {
        var decision = CLIMB.decide(scores(first, second), ALL, Costs.BY_ORDER);

        assertThat(decision).isEqualTo(new Decision.Scored(rung, "auto", score, limit, ""));
    }

    @Test
    void aDearRungIsPassedOverForACheaperOneThatIsGoodEnough() {
        Costs firstIsDear = (cheaper, _) -> cheaper != 0;

        assertThat(CLIMB.decide(scores(0.9, 0.9), ALL, firstIsDear).model()).isEqualTo("b");
    }

    @Test
    void whatWasProvedWasProvedOfTheFirstThatIsGoodEnough() {
        var proved = new Climb("auto", CLIMB.rungs(), ALL, new TierPolicy.Threshold(0.5, "", "drop_1%_at_90%"));
        Costs firstIsDear = (cheaper, dearer) -> cheaper != 0 || dearer == 2;

        var decision = proved.decide(scores(0.9, 0.9), ALL, firstIsDear);

        assertThat(decision.model()).isEqualTo("a");
        assertThat(decision.reason()).isEqualTo("score_at_or_above_threshold_for_drop_1%_at_90%");
    }

    @Test
    void aLadderOfWhichRungsAreClosedKeepsTheScoresOfTheOthers() {
        var open = new Climb("auto", List.of("b", "c"), List.of(1, 2), CLIMB.policy());

        assertThat(open.decide(scores(0.9, 0.1), List.of(0, 1), Costs.BY_ORDER))
                .isEqualTo(new Decision.Scored("c", "auto", 0.1, 0.6, ""));
        assertThat(open.scores(scores(0.9, 0.1))).containsExactly(entry("b", 0.1));
    }

    @Test
    void whoCannotIsNotWeighed() {
        assertThat(CLIMB.decide(scores(0.9, 0.9), List.of(1, 2), Costs.BY_ORDER).model())
                .isEqualTo("b");
        assertThat(CLIMB.decide(scores(0.1, 0.9), List.of(0, 2), Costs.BY_ORDER))
                .isEqualTo(new Decision.Scored("c", "auto", 0.1, 0.8, ""));
    }

    @Test
    void withoutAScoreTheLastThatCanAnswers() {
        var decision = CLIMB.decide(new ScoreOutcome.Unscored(Reason.NO_TEXT), List.of(0, 1), Costs.BY_ORDER);

        assertThat(decision).isEqualTo(new Decision.Unscored("b", Reason.NO_TEXT));
    }

    @Test
    void scoresHaveTheNamesOfTheirRungs() {
        assertThat(CLIMB.scores(scores(0.1, 0.2))).containsExactly(entry("a", 0.1), entry("b", 0.2));
        assertThat(CLIMB.scores(new ScoreOutcome.Unscored(Reason.NO_TEXT))).isEmpty();
    }

    private static ScoreOutcome scores(Double... scores) {
        return new ScoreOutcome.Scored(List.of(scores));
    }
}
