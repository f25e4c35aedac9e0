package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LadderCalibrationTest {
    private static final String VERSION_1 = """
            {"version": 1, "routerSha256": "SHA256", "fittedOn": 200, "testedOn": 600, "confidence": 0.9,
             "small": {"skills": [0.5, 0.25], "ease": 1.0}, "large": {"skills": [0.25, 0.5], "ease": 2.0},
             "curve": {"raw": [-1.0, 0.0, 1.0], "probability": [0.0, 0.7, 1.0]},
             "certificates": [{"maxDrop": 0.01, "confidence": 0.9, "threshold": 0.86, "smallShare": 0.25},
                              {"maxDrop": 0.05, "confidence": 0.9, "threshold": 0.8, "smallShare": 0.5}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void aFileOfVersionOneIsALadderOfTwo() throws IOException, RouterModelException {
        var router = RouterModel.load("");
        var read = LadderCalibration.read(file(VERSION_1.replace("SHA256", router.sha256())));

        assertThat(read.rungs()).extracting(LadderCalibration.Rung::name).containsExactly("small", "large");
        assertThat(read.certificateFor(QualityDrop.parse("2%")))
                .hasValue(new Certificate(0.01, 0.9, List.of(0.86), List.of(0.25, 0.75), 0.75));
        assertThat(read.certificateFor(QualityDrop.parse("5%")))
                .hasValueSatisfying(proof -> assertThat(proof.thresholds()).containsExactly(0.8));

        // logits of 1.25 and 1.75, by hand
        var raw = 1 / (1 + Math.exp(-1.25)) - 1 / (1 + Math.exp(-1.75));
        assertThat(read.pairScore(router).of(new Reading(new float[0], new float[] {1, -1}, 1)))
                .isCloseTo(0.7 * (1 + raw), within(1e-12));
    }

    @Test
    void whatIsWrittenIsRead() throws IOException, RouterModelException {
        var rungs = List.of(rung("a", 1), rung("b", 5), rung("c", 20));
        var proof = new Certificate(0.02, 0.9, List.of(0.9, 0.75), List.of(0.2, 0.5, 0.3), 0.44);
        var file = directory.resolve("ladder.json");

        calibration(rungs, proof).write(file);
        var read = LadderCalibration.read(file);

        assertThat(read.rungs()).isEqualTo(rungs);
        assertThat(read.certificates()).containsExactly(proof);
        assertThat(Files.readString(file)).contains("\"version\" : 2");
    }

    @Test
    void theProofThatCostsLeastIsTaken() {
        var dear = new Certificate(0.01, 0.9, List.of(0.9, 0.75), List.of(0.9, 0.0, 0.1), 0.5);
        var cheap = new Certificate(0.02, 0.9, List.of(1.0, 0.5), List.of(0.0, 0.9, 0.1), 0.3);
        var calibration = calibration(List.of(rung("a", 1), rung("b", 5), rung("c", 20)), dear, cheap);

        assertThat(calibration.certificateFor(QualityDrop.parse("2%"))).hasValue(cheap);
        assertThat(calibration.certificateFor(QualityDrop.parse("1%"))).hasValue(dear);
    }

    @Test
    void aProofOfAnotherLadderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> calibration(
                        List.of(rung("a", 1), rung("b", 5), rung("c", 20)), Certificate.ofPair(0.1, 0.9, 0.5, 0.5)))
                .withMessageContaining("a threshold for each rung but the last");
    }

    @Test
    void aFileOfALaterVersionIsNamed() throws IOException {
        var file = file("{\"version\": 3}");

        assertThatExceptionOfType(RouterModelException.class)
                .isThrownBy(() -> LadderCalibration.read(file))
                .withMessage(file + " is of version 3, this program reads versions 1 to 2");
    }

    @Test
    void aFileThatNobodyWroteIsNamed() throws IOException {
        var file = file("{\"version\": 2}");

        assertThatExceptionOfType(RouterModelException.class)
                .isThrownBy(() -> LadderCalibration.read(file))
                .withMessageStartingWith(file + " is no calibration that `calibrate` wrote");
    }

    private static LadderCalibration.Rung rung(String name, double cost) {
        return new LadderCalibration.Rung(name, cost, new Ability(List.of(cost, 0.5), 1));
    }

    private static LadderCalibration calibration(List<LadderCalibration.Rung> rungs, Certificate... proofs) {
        var curve = new CalibrationCurve(List.of(-1.0, 1.0), List.of(0.0, 1.0));
        return new LadderCalibration(2, "", 100, 300, 0.9, rungs, List.of(curve, curve), List.of(proofs));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("calibration.json"), content);
    }
}
