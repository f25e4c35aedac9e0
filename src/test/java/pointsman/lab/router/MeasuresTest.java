package pointsman.lab.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pointsman.learn.IsotonicFit;
import pointsman.learn.QualityCurve;
import pointsman.learn.Sample;
import tools.jackson.databind.json.JsonMapper;

/// The measures beside those of `router-model/train/measure.py`, whose numbers the fixture holds, ties and all.
class MeasuresTest {
    private static final double ROUNDING = 1e-9;

    record Expected(
            double[] score,
            double[] small,
            double[] large,
            double[] probability,
            double apgr,
            double cpt50,
            double cpt80,
            double[] advantage,
            double ece,
            double low,
            double high,
            List<Double> curveRaw,
            List<Double> curveProbability) {
        Sample sample() {
            return new Sample(score, small, large);
        }
    }

    static Stream<Expected> cases() throws IOException {
        var json = Files.readString(Path.of("src/test/resources/evaluation/measures.json"));
        return Stream.of(JsonMapper.shared().readValue(json, Expected[].class));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCurveIsMeasuredAsInTheTraining(Expected expected) {
        var curve = expected.sample().curve();

        assertThat(curve.apgr()).isCloseTo(expected.apgr(), within(ROUNDING));
        assertThat(Measures.cpt(curve, 0.5)).isCloseTo(expected.cpt50(), within(ROUNDING));
        assertThat(Measures.cpt(curve, 0.8)).isCloseTo(expected.cpt80(), within(ROUNDING));
        assertThat(Stream.of(0.0, 0.01, 0.02, 0.05).map(curve::costAdvantage).toList())
                .zipSatisfy(
                        IntStream.range(0, 4)
                                .mapToObj(at -> expected.advantage()[at])
                                .toList(),
                        (actual, wanted) -> assertThat(actual).isCloseTo(wanted, within(ROUNDING)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void calibrationIsMeasuredAsInTheTraining(Expected expected) {
        var good = IntStream.range(0, expected.small().length)
                .mapToDouble(row -> expected.small()[row] >= expected.large()[row] ? 1 : 0)
                .toArray();

        assertThat(Measures.calibrationError(expected.probability(), good)).isCloseTo(expected.ece(), within(ROUNDING));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theBootstrapAgreesButForItsDraws(Expected expected) {
        var interval = Bootstrap.interval(expected.sample(), QualityCurve::apgr, 2000, 1);

        var width = expected.high() - expected.low();
        assertThat(interval.value()).isCloseTo(expected.apgr(), within(ROUNDING));
        assertThat(interval.low()).isCloseTo(expected.low(), within(0.15 * width));
        assertThat(interval.high()).isCloseTo(expected.high(), within(0.15 * width));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void curvesAreFittedAsInTheTraining(Expected expected) {
        var raw = IntStream.range(0, expected.small().length)
                .mapToDouble(row -> 2 * expected.probability()[row] - 1)
                .toArray();
        var good = IntStream.range(0, expected.small().length)
                .mapToDouble(row -> expected.small()[row] >= expected.large()[row] ? 1 : 0)
                .toArray();

        var curve = IsotonicFit.curve(raw, good);

        for (var knot = 0; knot < expected.curveRaw().size(); knot++) {
            assertThat(curve.probability(expected.curveRaw().get(knot)))
                    .isCloseTo(expected.curveProbability().get(knot), within(1e-3));
        }
    }

    @Test
    void chanceAloneShowsACalibrationError() {
        var halves = IntStream.range(0, 750).mapToDouble(_ -> 0.5).toArray();

        // Of 75 outcomes the mean is off by sqrt(2 / pi) * 0.5 / sqrt(75) on average.
        assertThat(Measures.calibrationErrorByChance(halves, 400, 1)).isCloseTo(0.046, within(0.002));
        assertThat(Measures.calibrationErrorByChance(new double[] {1, 1, 1}, 10, 1))
                .isZero();
    }

    @Test
    void randomScoresRecoverHalfOfTheGap() {
        var random = new SplittableRandom(1);
        var score = random.doubles(50_000).toArray();
        var small = random.doubles(50_000).map(x -> x < 0.6 ? 1 : 0).toArray();
        var large = random.doubles(50_000).map(x -> x < 0.8 ? 1 : 0).toArray();

        assertThat(new Sample(score, small, large).curve().apgr()).isCloseTo(0.5, within(0.02));
    }

    @Test
    void allTiedIsOneStepAndHalfOfTheGap() {
        var sample = new Sample(new double[] {1, 1, 1}, new double[] {0, 1, 0}, new double[] {1, 1, 1});

        assertThat(sample.curve().share()).containsExactly(0, 1);
        assertThat(sample.curve().apgr()).isCloseTo(0.5, within(ROUNDING));
    }

    @Property
    void rankCorrelationSeesOrderOnly(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var one = random.doubles(50).toArray();
        var other = random.doubles(50).toArray();
        var bent = IntStream.range(0, 50)
                .mapToDouble(row -> Math.exp(3 * other[row]))
                .toArray();

        assertThat(Measures.rankCorrelation(one, one)).isCloseTo(1, within(ROUNDING));
        assertThat(Measures.rankCorrelation(one, bent))
                .isCloseTo(Measures.rankCorrelation(one, other), within(ROUNDING));
    }

    @Test
    void tiedValuesShareTheirRank() {
        // By hand: ranks 0.5 0.5 2 3 against 0 1 2 3.
        var correlation = Measures.rankCorrelation(new double[] {5, 5, 6, 7}, new double[] {1, 2, 3, 4});

        assertThat(correlation).isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(ROUNDING));
    }
}
