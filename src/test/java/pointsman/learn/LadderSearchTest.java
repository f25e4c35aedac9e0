package pointsman.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Ladders of three in a world whose truth is known, and of two against the plain definition.
class LadderSearchTest {
    private static final double MAX_DROP = 0.02;
    private static final double CONFIDENCE = 0.9;
    private static final int DRAWS = 300;
    private static final double[] COST = {0.05, 0.3, 1};

    @Property(tries = 200)
    void ofTwoRungsTheThresholdIsThatOfThePlainDefinition(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var drop = random.nextDouble(0.005, 0.1);
        var good = random.nextDouble(0.5, 1);
        var score = random.doubles(600).map(x -> Math.round(x * 100) / 100.0).toArray();
        var small = DoubleStream.of(score)
                .map(each -> random.nextDouble() < good * each + 1 - good ? 1 : 0.25)
                .toArray();
        var large = random.doubles(600).map(x -> x < 0.9 ? 1 : 0).toArray();

        var found = new ThresholdSearch(drop, CONFIDENCE).threshold(new Sample(score, small, large));

        assertThat(found).isEqualTo(plainSearch(score, small, large, drop));
    }

    /// Every threshold from 1 downwards, as long as it is proved; those that send nothing new to small
    /// need no proof.
    private static OptionalDouble plainSearch(double[] score, double[] small, double[] large, double maxDrop) {
        var proved = OptionalDouble.empty();
        var before = 0L;
        for (var step = 500; step >= 0; step--) {
            var threshold = step / 500.0;
            var toSmall =
                    DoubleStream.of(score).filter(each -> each >= threshold).count();
            var losses = IntStream.range(0, score.length)
                    .mapToDouble(
                            row -> (1 - maxDrop) * large[row] - (score[row] >= threshold ? small[row] : large[row]))
                    .toArray();
            if (toSmall > before && !new Betting().proves(losses, 1 - maxDrop, CONFIDENCE)) {
                return proved;
            }
            if (toSmall > 0) {
                proved = OptionalDouble.of(threshold);
            }
            before = toSmall;
        }
        return proved;
    }

    @Test
    void aPromiseIsBrokenNoMoreOftenThanItSays() {
        var truth = sample(40_000, new SplittableRandom(1));
        var random = new SplittableRandom(7);
        var search = new LadderSearch(MAX_DROP, CONFIDENCE);

        var broken = IntStream.range(0, DRAWS)
                .filter(_ -> {
                    var thresholds = search.thresholds(sample(1500, random), path(300, random));
                    return !thresholds.isEmpty() && truth.routed(thresholds).drop() > MAX_DROP;
                })
                .count();

        assertThat(broken).isLessThanOrEqualTo(44); // 10 % of 300, and 2.6 standard deviations of chance above
    }

    @Test
    void theSteepestPathSavesMoreThanEqualThresholds() {
        var random = new SplittableRandom(5);
        var test = sample(8000, random);
        var search = new LadderSearch(MAX_DROP, CONFIDENCE);

        var steepest = test.routed(search.thresholds(test, path(500, random)));
        var equal = test.routed(search.thresholds(test, LadderPath.equal(2)));

        assertThat(steepest.cost()).isLessThan(equal.cost() - 0.05);
    }

    @Test
    void aPathLeadsFromTheLastRungToTheFirstAndNeverBack() {
        var path = path(300, new SplittableRandom(3)).policies();

        assertThat(path.getFirst()).containsExactly(1, 1);
        assertThat(path.getLast()).containsExactly(0, 0);
        for (var at = 1; at < path.size(); at++) {
            var before = path.get(at - 1);
            var after = path.get(at);
            assertThat(Arrays.stream(before).sum() - Arrays.stream(after).sum()).isCloseTo(0.002, within(1e-9));
            assertThat(after[0]).isLessThanOrEqualTo(before[0]);
            assertThat(after[1]).isLessThanOrEqualTo(before[1]);
        }
    }

    @Test
    void thePathGoesFirstWhereMoneyIsSavedForNothing() {
        // the second rung loses nothing from 0.5 on, the first always does
        var score = new double[][] {{0.8, 0.8, 0.8}, {0.9, 0.7, 0.5}};
        var gain = new double[][] {{-0.3, -0.3, -0.3}, {0, 0, 0}};

        var path = LadderPath.steepest(score, gain, COST).policies();

        assertThat(path).anySatisfy(policy -> assertThat(policy).containsExactly(1, 0.5));
    }

    @Test
    void nothingIsProvedWhereEveryOtherRungIsWrong() {
        var ones = IntStream.range(0, 1000).mapToDouble(_ -> 1).toArray();
        var sample = new LadderSample(
                new double[][] {ones, ones}, new double[][] {new double[1000], new double[1000], ones}, COST);

        assertThat(new LadderSearch(MAX_DROP, CONFIDENCE).thresholds(sample, LadderPath.equal(2)))
                .isEmpty();
    }

    @Test
    void theFirstRungThatReachesItsThresholdAnswers() {
        var sample = new LadderSample(
                new double[][] {{0.9, 0.2, 0.2}, {0.9, 0.9, 0.2}},
                new double[][] {{1, 0, 0}, {1, 0.5, 0}, {1, 1, 1}},
                COST);

        var routed = sample.routed(List.of(0.8, 0.7));

        assertThat(routed.answered()).containsExactly(1, 1, 1);
        assertThat(routed.cost()).isCloseTo((0.05 + 0.3 + 1) / 3, within(1e-12));
        assertThat(routed.drop()).isCloseTo(0.5 / 3, within(1e-12));
    }

    private static LadderPath path(int prompts, SplittableRandom random) {
        var ease = random.doubles(prompts).toArray();
        return LadderPath.steepest(
                new double[][] {ease, ease},
                new double[][] {
                    DoubleStream.of(ease).map(each -> first(each) - 0.9).toArray(),
                    DoubleStream.of(ease).map(each -> second(each) - 0.9).toArray()
                },
                COST);
    }

    /// Prompts that are easy for all where the score is high; the second rung fails only where it is
    /// low.
    private static LadderSample sample(int prompts, SplittableRandom random) {
        var ease = random.doubles(prompts).toArray();
        return new LadderSample(
                new double[][] {ease, ease},
                new double[][] {
                    DoubleStream.of(ease)
                            .map(each -> right(first(each), random))
                            .toArray(),
                    DoubleStream.of(ease)
                            .map(each -> right(second(each), random))
                            .toArray(),
                    DoubleStream.of(ease).map(_ -> right(0.9, random)).toArray()
                },
                COST);
    }

    private static double first(double ease) {
        return 0.9 - 0.5 * (1 - ease);
    }

    private static double second(double ease) {
        return ease > 0.3 ? 0.9 : 0.7;
    }

    private static double right(double chance, SplittableRandom random) {
        return random.nextDouble() < chance ? 1 : 0;
    }
}
