package pointsman.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The order in which vectors of thresholds are tested: from 1 everywhere, where the last rung answers
/// all, to 0, where the first does, each 0.002 lower than the one before it in one rung or in all.
///
/// It must owe nothing to the outcomes that test it. Of two rungs there is one path, whatever the
/// outcomes are. Of more there are many, and how much is proved hangs on how much each saves for what
/// it loses on the way: so it is laid along what the router expects of prompts that test nothing
/// ([#steepest]).
public final class LadderPath {
    private static final int STEPS = 500;

    private final List<double[]> policies;

    /// @param policies a threshold for each rung but the last, the most careful first; chosen without
    ///     the outcomes that will test them
    public LadderPath(List<double[]> policies) {
        this.policies = policies;
    }

    List<double[]> policies() {
        return policies;
    }

    /// What becomes of some prompts by one policy after the other.
    public Stream<Routed> routed(LadderSample sample) {
        return policies.stream()
                .map(policy -> sample.routed(DoubleStream.of(policy).boxed().toList()));
    }

    /// The same threshold for every rung, which knows nothing of costs.
    ///
    /// @param thresholds one less than rungs
    public static LadderPath equal(int thresholds) {
        return new LadderPath(IntStream.rangeClosed(0, STEPS)
                .mapToObj(step -> {
                    var policy = new double[thresholds];
                    Arrays.fill(policy, threshold(STEPS - step));
                    return policy;
                })
                .toList());
    }

    /// Always lowers next the threshold that saves most for what it is expected to lose, by as much as
    /// saves most.
    ///
    /// What a rung loses is taken from what the router expects of the prompts, not from their outcomes:
    /// some hundred are too few to say which of two rungs is wrong the more often at a score.
    ///
    /// @param score of each rung but the last, of each of some prompts
    /// @param gain by which the rung is expected to be better than the last; mostly below zero
    /// @param cost of each rung
    public static LadderPath steepest(double[][] score, double[][] gain, double[] cost) {
        return new LadderPath(new SteepestDescent(score, gain, cost).policies());
    }

    static double threshold(int step) {
        return (double) step / STEPS;
    }

    /// Thresholds on their way down.
    static final class Descent {
        private final int[] steps;
        private final List<double[]> policies = new ArrayList<>();

        Descent(int thresholds) {
            steps = new int[thresholds];
            Arrays.fill(steps, STEPS);
            keep();
        }

        private void keep() {
            policies.add(Arrays.stream(steps).mapToDouble(LadderPath::threshold).toArray());
        }

        /// The lowest step whose threshold a score still reaches.
        static int stepOf(double score) {
            var step = (int) Math.floor(score * STEPS);
            return threshold(step) <= score ? step : step - 1;
        }

        int step(int rung) {
            return steps[rung];
        }

        void lower(int rung, int to) {
            while (steps[rung] > to) {
                steps[rung]--;
                keep();
            }
        }

        List<double[]> policies() {
            return policies;
        }
    }
}
