package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which raw score and which curve a pair gets.
class CalibrationTest {
    private static final CalibrationCurve POOLED = level(0.1);
    private static final CalibrationCurve DECLARED = level(0.2);
    private static final CalibrationCurve OWN = level(0.3);
    private static final Calibration CALIBRATION = new Calibration(
            2,
            List.of("a-1B", "b-10B", "c-100B"),
            new InputWindow(2048, 4096, 96, 160),
            "",
            new ModelPair("a-1B", "b-10B"),
            POOLED,
            DECLARED,
            List.of(new Calibration.PairCurve("a-1B", "c-100B", OWN)));
    private static final Reading READING = new Reading(new float[] {0, 2, 4}, new float[0], 1);

    @Test
    void aKnownPairIsScoredByTheGainOfLarge() {
        assertThat(CALIBRATION.pairScore(new ModelPair("b-10B", "c-100B")).raw(READING))
                .isCloseTo(1 / (1 + Math.exp(-2)) - 1 / (1 + Math.exp(-4)), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"10B, 1000B", "b-10B, 1000B", "10B, $10"})
    void ofAPairWithAGuessWhatItSaysOfLargeCountsForLess(String small, String large) {
        // two for each factor of ten: 2 and 6
        assertThat(CALIBRATION.pairScore(new ModelPair(small, large)).raw(READING))
                .isCloseTo(1 / (1 + Math.exp(0.6 * 6 - 2)), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"a-1B, c-100B, 0.3", "a-1B, b-10B, 0.1", "c-100B, a-1B, 0.1", "a-1B, 100B, 0.2", "1B, 100B, 0.2"})
    void theCurveIsThePairsOwnOrThatOfItsKind(String small, String large, double level) {
        assertThat(CALIBRATION.pairScore(new ModelPair(small, large)).of(READING))
                .isEqualTo(level);
    }

    private static CalibrationCurve level(double probability) {
        return new CalibrationCurve(List.of(-1.0, 1.0), List.of(probability, probability));
    }
}
