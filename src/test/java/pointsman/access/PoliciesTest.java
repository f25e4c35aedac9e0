package pointsman.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pointsman.access.TierPolicy.Threshold;
import pointsman.score.Ability;
import pointsman.score.CalibrationCurve;
import pointsman.score.Calibrations;
import pointsman.score.Certificate;
import pointsman.score.LadderCalibration;

class PoliciesTest {
    private static final Ability NOBODY = new Ability(List.of(), 0);
    private static final CalibrationCurve STRAIGHT = new CalibrationCurve(List.of(-1.0, 1.0), List.of(0.0, 1.0));

    private final Policies policies = new Policies(
            new Calibrations(Map.of(
                    "chat",
                            calibration(
                                    Certificate.ofPair(0.01, 0.9, 0.95, 0.1), Certificate.ofPair(0.05, 0.9, 0.8, 0.4)),
                    "code", calibration())),
            "chat");

    @Test
    void aProvedThresholdIsTaken() {
        assertThat(policies.maxQualityDrop("1%", null)).isEqualTo(new Threshold(0.95, "chat", "drop_1%_at_90%"));
    }

    @Test
    void aStricterPromiseIsOneToo() {
        assertThat(policies.maxQualityDrop("4.9%", null)).isEqualTo(new Threshold(0.95, "chat", "drop_1%_at_90%"));
    }

    @Test
    void ofSeveralProofsTheOneThatSavesMostIsTaken() {
        assertThat(policies.maxQualityDrop("10%", null)).isEqualTo(new Threshold(0.8, "chat", "drop_5%_at_90%"));
    }

    @Test
    void withoutAProofNothingIsPromised() {
        assertThat(policies.maxQualityDrop("5%", "code")).isEqualTo(new TierPolicy.Unproved("drop_5%_at_90%"));
    }

    @Test
    void aChosenThresholdMayGoByACalibrationToo() {
        assertThat(policies.threshold(List.of(0.5), "code")).isEqualTo(new Threshold(0.5, "code", ""));
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> policies.threshold(List.of(0.5), "nobody"))
                .hasMessage("calibration: there is no 'nobody' under pointsman.router.calibrations");
        assertThatThrownBy(() -> policies.maxQualityDrop("60%", null))
                .hasMessageStartingWith("max-quality-drop: must be above 0% and at most 50%");
        assertThatThrownBy(() -> policies.maxQualityDrop("0%", null)).hasMessageStartingWith("max-quality-drop: ");
        assertThatThrownBy(() -> new Policies(new Calibrations(Map.of()), "").maxQualityDrop("1%", null))
                .hasMessageStartingWith("max-quality-drop: needs a calibration");
    }

    private static LadderCalibration calibration(Certificate... certificates) {
        return new LadderCalibration(
                LadderCalibration.VERSION,
                "",
                100,
                300,
                0.9,
                List.of(new LadderCalibration.Rung("small", 0, NOBODY), new LadderCalibration.Rung("large", 1, NOBODY)),
                List.of(STRAIGHT),
                List.of(certificates));
    }
}
