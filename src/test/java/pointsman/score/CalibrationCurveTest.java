package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationCurveTest {
    private final CalibrationCurve curve = new CalibrationCurve(List.of(-1.0, 0.0, 0.5), List.of(0.1, 0.3, 0.9));

    @Test
    void aKnotHasItsProbability() {
        assertThat(curve.probability(0)).isEqualTo(0.3);
    }

    @Test
    void betweenKnotsItIsInterpolated() {
        assertThat(curve.probability(-0.5)).isCloseTo(0.2, within(1e-12));
        assertThat(curve.probability(0.25)).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void beyondTheKnotsItStaysAtTheOutermost() {
        assertThat(curve.probability(-7)).isEqualTo(0.1);
        assertThat(curve.probability(7)).isEqualTo(0.9);
    }

    @Test
    void fallingProbabilitiesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CalibrationCurve(List.of(0.0, 1.0), List.of(0.5, 0.4)))
                .withMessageContaining("knot 2");
    }

    @Test
    void aProbabilityAboveOneIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CalibrationCurve(List.of(0.0, 1.0), List.of(0.5, 1.1)));
    }
}
