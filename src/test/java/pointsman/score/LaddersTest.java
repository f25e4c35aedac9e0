package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaddersTest {
    private static final Calibrations NONE = new Calibrations(Map.of());
    private static final List<String> THREE =
            List.of("Meta-Llama-3.1-8B-Instruct", "Meta-Llama-3.1-70B-Instruct", "gpt-4o-2024-05-13");

    private final RouterModel router = load();

    @Test
    void everyRungIsScoredAsItsPairWithTheLastOne() {
        var reading = reading(new SplittableRandom(1));
        var ladders = new Ladders(Map.of("coder", new LadderSpec.Rungs(THREE)));

        var scores = LadderScores.of(ladders.scores(router, NONE));

        assertThat(scores.of("coder", scores.of(reading)))
                .containsExactly(
                        router.pairScore(new ModelPair(THREE.get(0), THREE.get(2)))
                                .of(reading),
                        router.pairScore(new ModelPair(THREE.get(1), THREE.get(2)))
                                .of(reading));
    }

    @Test
    void whatLaddersShareIsWorkedOutOnce() {
        var ladders = new Ladders(Map.of(
                "coder",
                new LadderSpec.Rungs(THREE),
                "short",
                new LadderSpec.Rungs(List.of(THREE.get(1), THREE.get(2)))));

        assertThat(LadderScores.of(ladders.scores(router, NONE)).pairs()).hasSize(2);
    }

    @Test
    void aRungMayBeASizeOrAPrice() {
        var ladder = router.ladderScore(new LadderSpec.Rungs(List.of("$0.08", "70B", "gpt-4o-2024-05-13")));

        assertThat(ladder.rungs())
                .containsExactly(
                        router.pairScore(ModelPair.parse("8B,gpt-4o-2024-05-13")),
                        router.pairScore(ModelPair.parse("70B,gpt-4o-2024-05-13")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8B,gpt-99,70B | pointsman.routes.coder: unknown model 'gpt-99'; known are",
                "8B,0B,70B | or a size such as 8B or a price such as $0.6 for a guess by it alone",
            })
    void aRungThatTheRouterDoesNotKnowIsAWrongProperty(String words, String message) {
        var ladders = new Ladders(Map.of("coder", new LadderSpec.Rungs(List.of(words.split(",", -1)))));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladders.scores(router, NONE))
                .withMessageContaining(message);
    }

    @Test
    void aCalibrationThatIsNotThereIsAWrongProperty() {
        var ladders = new Ladders(Map.of("coder", new LadderSpec.Calibrated("mine")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ladders.scores(router, NONE))
                .withMessage("pointsman.routes.coder: calibration: there is no 'mine' under"
                        + " pointsman.router.calibrations");
    }

    @Test
    void aLadderHasTwoRungsAndMore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LadderSpec.Rungs(List.of("8B")))
                .withMessage("a ladder has 2 to 16 rungs, was 1");
    }

    @Test
    void noRungIsComparedWithItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LadderSpec.Rungs(List.of("8B", "70B", "8B")))
                .withMessageContaining("must be another model");
    }

    /// 200 readings, and the digest of the doubles that the program made of them before there were
    /// ladders.
    @ParameterizedTest
    @CsvSource({
        "a-1B, c-100B, 14eb16c91f5c8299",
        "b-10B, c-100B, 5c88485ba325499f",
        "8B, 70B, 527b326f0abe2ad0",
        "a-1B, $0.6, 7653b39c7954c2ac"
    })
    void aPairIsScoredToTheBitAsBeforeThereWereLadders(String small, String large, String digest) {
        var random = new SplittableRandom(7);
        var calibration = new Calibration(
                2,
                List.of("a-1B", "b-10B", "c-100B"),
                new InputWindow(2048, 4096, 96, 160),
                "",
                new ModelPair("a-1B", "b-10B"),
                new CalibrationCurve(List.of(-1.0, -0.2, 0.1, 1.0), List.of(0.1, 0.4, 0.75, 0.95)),
                new CalibrationCurve(List.of(-1.0, 0.4, 0.6, 1.0), List.of(0.2, 0.5, 0.8, 0.9)),
                List.of(new Calibration.PairCurve(
                        "a-1B", "c-100B", new CalibrationCurve(List.of(-1.0, 0.0, 1.0), List.of(0.0, 0.7, 1.0)))));
        var scores = LadderScores.of(Map.of(
                "pair",
                new RouterModel(new RouterFiles(""), calibration)
                        .ladderScore(new LadderSpec.Rungs(List.of(small, large)))));

        var bits = IntStream.range(0, 200)
                .mapToDouble(_ -> scores.of("pair", scores.of(new Reading(floats(3, random), floats(2, random), 1)))
                        .getFirst())
                .mapToLong(Double::doubleToLongBits)
                .reduce(1, (all, next) -> 31 * all + next);

        assertThat(Long.toHexString(bits)).isEqualTo(digest);
    }

    private Reading reading(SplittableRandom random) {
        return new Reading(floats(router.models().size(), random), floats(64, random), 1);
    }

    private static float[] floats(int count, SplittableRandom random) {
        var floats = new float[count];
        for (var at = 0; at < count; at++) {
            floats[at] = (float) random.nextDouble(-3, 3);
        }
        return floats;
    }

    private static RouterModel load() {
        try {
            return RouterModel.load("");
        } catch (RouterModelException unusable) {
            throw new IllegalStateException(unusable);
        }
    }
}
