package pointsman.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import pointsman.score.Ability;

/// What is believed of a ladder's models before their first outcome: a normal distribution of all their
/// points in the skill space at once.
///
/// What a model can do is not arbitrary: those that the router was trained on form a cloud there, and a new
/// one is likely within it, or within it as widened in all directions by as much as the new models and
/// prompts are unlike those of the training. How much that is, the outcomes tell: several widths are tried
/// ([AbilityFit]). What sets the new models apart is mostly what they are asked, and that is common to all.
/// So their distances from the cloud's middle are taken to be correlated, by two thirds, which leaves less
/// freedom to their difference, on which routing depends.
///
/// @param mean of the models' points, one after the other
/// @param precision the inverse of their covariance
/// @param logDeterminant of their covariance
record LadderPrior(double[] mean, double[][] precision, double logDeterminant) {
    /// Tried on four pairs that the router had not seen, with 300 outcomes: 0, 1/2 and 4/5 gave an APGR of
    /// 0.620, 0.635 and 0.640 on RouteLLM's MMLU, and of 0.691, 0.654 and 0.633 on the 14-task mix.
    private static final double CORRELATION = 2.0 / 3;

    /// In parts of the cloud's mean variance. The least of them only keeps flat clouds invertible.
    private static final double[] WIDTHS = {1e-3, 0.1, 1, 5};

    /// One belief a width.
    ///
    /// @param known points of the router's models
    /// @param rungs of the ladder
    static List<LadderPrior> among(List<Ability> known, int rungs) {
        var points = known.stream().map(LadderPrior::point).toArray(double[][]::new);
        var mean = mean(points);
        var cloud = covariance(points, mean);
        return DoubleStream.of(WIDTHS)
                .mapToObj(width -> ladder(rungs, mean, widened(cloud, width)))
                .toList();
    }

    private static double[] point(Ability ability) {
        return DoubleStream.concat(
                        ability.skills().stream().mapToDouble(Double::doubleValue), DoubleStream.of(ability.ease()))
                .toArray();
    }

    private static double[] mean(double[][] points) {
        return IntStream.range(0, points[0].length)
                .mapToDouble(at -> Arrays.stream(points)
                        .mapToDouble(point -> point[at])
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static double[][] covariance(double[][] points, double[] mean) {
        var covariance = new double[mean.length][mean.length];
        for (var point : points) {
            var away = IntStream.range(0, mean.length)
                    .mapToDouble(at -> point[at] - mean[at])
                    .toArray();
            AbilityFit.addSquare(covariance, 0, away, 1.0 / points.length);
        }
        return covariance;
    }

    private static double[][] widened(double[][] cloud, double width) {
        var variance = IntStream.range(0, cloud.length)
                .mapToDouble(at -> cloud[at][at])
                .average()
                .orElseThrow();
        var widened = Arrays.stream(cloud).map(double[]::clone).toArray(double[][]::new);
        IntStream.range(0, cloud.length).forEach(at -> widened[at][at] += width * variance);
        return widened;
    }

    /// The covariance of all is R times, in Kronecker's sense, that of one, where R is 1 on its diagonal
    /// and c elsewhere.
    /// Its inverse is (1 - c / (1 + (n - 1) c) 1 1') / (1 - c), its determinant (1 - c)^(n - 1) (1 + (n -
    /// 1) c).
    private static LadderPrior ladder(int rungs, double[] mean, double[][] covariance) {
        var size = mean.length;
        var one = new SymmetricSystem(covariance);
        var inverse = one.inverse();
        var rest = 1 - CORRELATION;
        var together = 1 + (rungs - 1) * CORRELATION;
        var precision = new double[rungs * size][rungs * size];
        for (var row = 0; row < rungs * size; row++) {
            for (var column = 0; column < rungs * size; column++) {
                var tie = (row / size == column / size ? 1 : 0) - CORRELATION / together;
                precision[row][column] = tie / rest * inverse[row % size][column % size];
            }
        }
        var all = IntStream.range(0, rungs * size)
                .mapToDouble(at -> mean[at % size])
                .toArray();
        var ties = (rungs - 1) * Math.log(rest) + Math.log(together);
        return new LadderPrior(all, precision, rungs * one.logDeterminant() + size * ties);
    }
}
