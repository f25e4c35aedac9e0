package pointsman.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import pointsman.lab.router.HoeffdingBentkus;
import pointsman.lab.router.NaiveThreshold;
import pointsman.lab.router.NormalApproximation;

/// The guarantee, in worlds whose truth is known.
class ThresholdSearchTest {
    private static final double MAX_DROP = 0.01;
    private static final double CONFIDENCE = 0.9;
    private static final int DRAWS = 400;

    /// Small is as good above a score of 0.6, and a third worse below.
    private static final World STEP = new World("step", false, score -> score > 0.6 ? 0.9 : 0.6);

    /// Small gets worse little by little.
    private static final World SLOPE = new World("slope", false, score -> 0.9 - 0.25 * (1 - score));

    /// Small is 2 % worse everywhere: a threshold of 0.5 just keeps 1 %.
    private static final World FLAT = new World("flat", false, _ -> 0.882);

    /// Small is better where the score is high, and much worse where it is low.
    private static final World CROSSING = new World("crossing", false, score -> 0.55 + 0.43 * score);

    /// Small answers as large does but for a few prompts, the fewer the higher the score: losses are zero but rarely.
    private static final World RARE = new World("rare", true, score -> 0.9 - 0.06 * (1 - score));

    /// The same, with one prompt in a hundred that small fails and large does not, wherever it is.
    private static final World HIDDEN = new World("hidden", true, _ -> 0.888);

    /// Worlds in which small's quality falls with the score in different ways: the relative drop of quality when
    /// prompts from a threshold on go to small is known, and some thresholds keep the promise while others do
    /// not.
    ///
    /// @param together whether small is right only where large is
    /// @param small P(small is right) by the score
    record World(String name, boolean together, DoubleUnaryOperator small) {
        private static final double LARGE = 0.9;

        Sample outcomes(int count, SplittableRandom random) {
            var score = random.doubles(count).toArray();
            var luck = random.doubles(count).toArray();
            var smallQuality = IntStream.range(0, count)
                    .mapToDouble(row -> luck[row] < small.applyAsDouble(score[row]) ? 1 : 0)
                    .toArray();
            var largeQuality = DoubleStream.of(
                            together ? luck : random.doubles(count).toArray())
                    .map(x -> x < LARGE ? 1 : 0)
                    .toArray();
            return new Sample(score, smallQuality, largeQuality);
        }

        /// By the midpoint rule over the scores.
        double drop(double threshold) {
            return IntStream.range(0, 10_000)
                            .mapToDouble(at -> (at + 0.5) / 10_000)
                            .filter(score -> score >= threshold)
                            .map(score -> (LARGE - small.applyAsDouble(score)) / LARGE)
                            .sum()
                    / 10_000;
        }
    }

    static Stream<World> worlds() {
        return Stream.of(STEP, SLOPE, FLAT, CROSSING, RARE, HIDDEN);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void aPromiseIsBrokenNoMoreOftenThanItSays(World world) {
        var random = new SplittableRandom(7);
        var search = new ThresholdSearch(MAX_DROP, CONFIDENCE);

        var broken = IntStream.range(0, DRAWS)
                .filter(_ -> search.threshold(world.outcomes(1000, random)).stream()
                        .anyMatch(threshold -> world.drop(threshold) > MAX_DROP))
                .count();

        // 10 % of 400, and 2.6 standard deviations of chance above.
        assertThat(broken).isLessThanOrEqualTo(56);
    }

    @Test
    void theNaiveThresholdBreaksItAboutEveryOtherTime() {
        var random = new SplittableRandom(7);

        var broken = IntStream.range(0, DRAWS)
                .filter(_ -> NaiveThreshold.of(SLOPE.outcomes(1000, random), MAX_DROP).stream()
                        .anyMatch(threshold -> SLOPE.drop(threshold) > MAX_DROP))
                .count();

        assertThat(broken).isGreaterThan(DRAWS / 3);
    }

    @Test
    void whatIsPossibleIsFoundWithEnoughOutcomes() {
        var threshold =
                new ThresholdSearch(MAX_DROP, CONFIDENCE).threshold(STEP.outcomes(20_000, new SplittableRandom(3)));

        assertThat(threshold).isPresent();
        assertThat(threshold.getAsDouble()).isBetween(0.5, 0.66);
    }

    @Test
    void fewOutcomesProveNothing() {
        assertThat(new ThresholdSearch(MAX_DROP, CONFIDENCE).threshold(STEP.outcomes(100, new SplittableRandom(3))))
                .isEmpty();
    }

    @Test
    void aSmallModelThatIsAsGoodMayAnswerEverything() {
        var same = IntStream.range(0, 1000).mapToDouble(row -> row % 2).toArray();
        var score = IntStream.range(0, 1000).mapToDouble(row -> row / 1000.0).toArray();

        assertThat(new ThresholdSearch(MAX_DROP, CONFIDENCE).threshold(new Sample(score, same, same)))
                .hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("testsAndRates")
    void aMeanOfZeroIsRarelyTakenForLess(MeanProof test, double rate) {
        var random = new SplittableRandom(11);

        // Rare large losses against frequent small gains: the hardest case for a bound, with a mean of exactly zero.
        var gain = 0.99 * rate / (1 - rate);
        var mistakes = IntStream.range(0, 2000)
                .filter(_ -> test.proves(
                        random.doubles(1000).map(x -> x < rate ? 0.99 : -gain).toArray(), 0.99, CONFIDENCE))
                .count();

        assertThat(mistakes).isLessThanOrEqualTo(235); // 10 % of 2000, and 2.6 standard deviations
    }

    @Test
    void bettingProvesNearlyWhatANormalApproximationTakesForProved() {
        var random = new SplittableRandom(13);
        var proofs = new int[2];
        for (var draw = 0; draw < 400; draw++) {
            var losses = random.doubles(2000)
                    .map(x -> x < 0.1 ? 0.99 : x < 0.2077 ? -1 : -0.007)
                    .toArray();
            proofs[0] += new Betting().proves(losses, 0.99, CONFIDENCE) ? 1 : 0;
            proofs[1] += new NormalApproximation().proves(losses, 0.99, CONFIDENCE) ? 1 : 0;
        }

        assertThat(proofs[0]).isGreaterThan(proofs[1] * 9 / 10).isLessThan(proofs[1]);
    }

    @Test
    void theNormalDistributionIsTheTextbooks() {
        assertThat(NormalApproximation.below(1.2815515655446004)).isCloseTo(0.9, within(1e-12));
        assertThat(NormalApproximation.below(-1.959963984540054)).isCloseTo(0.025, within(1e-12));
        assertThat(NormalApproximation.below(9)).isEqualTo(1);
    }

    @Test
    void bettingProvesMoreThanHoeffdingAndBentkus() {
        var random = new SplittableRandom(5);
        var proofs = new int[2];
        for (var draw = 0; draw < 100; draw++) {
            var losses = random.doubles(1000).map(x -> x < 0.02 ? 0.5 : -0.02).toArray();
            proofs[0] += new Betting().proves(losses, 0.99, CONFIDENCE) ? 1 : 0;
            proofs[1] += new HoeffdingBentkus().proves(losses, 0.99, CONFIDENCE) ? 1 : 0;
        }

        assertThat(proofs[0]).isGreaterThan(proofs[1] + 30);
    }

    static Stream<Arguments> testsAndRates() {
        return Stream.of(new Betting(), new HoeffdingBentkus())
                .flatMap(test -> Stream.of(0.002, 0.01, 0.1, 0.5).map(rate -> Arguments.of(test, rate)));
    }
}
