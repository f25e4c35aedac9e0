package pointsman.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import pointsman.score.Ability;

/// What is believed of a pair of models before their first outcome: a normal distribution of both points in the skill
/// space at once.
///
/// What a model can do is not arbitrary: those that the router was trained on form a cloud there, and a new one is
/// likely within it, or within it as widened in all directions by as much as the new models and prompts are unlike
/// those of the training. How much that is, the outcomes tell: several widths are tried ([AbilityFit]). What sets
/// the new models apart is mostly what they are asked, and that is common to both. So their distances from the
/// cloud's middle are taken to be correlated, by two thirds, which leaves less freedom to their difference, on which
/// routing depends.
///
/// @param mean of the small model's point, then of the large one's
/// @param precision the inverse of their covariance
/// @param logDeterminant of their covariance
record PairPrior(double[] mean, double[][] precision, double logDeterminant) {
    /// Tried on four pairs that the router had not seen, with 300 outcomes: 0, 1/2 and 4/5 gave an APGR of 0.620, 0.635
    /// and 0.640 on RouteLLM's MMLU, and of 0.691, 0.654 and 0.633 on the 14-task mix.
    private static final double CORRELATION = 2.0 / 3;

    /// In parts of the cloud's mean variance. The least of them only keeps flat clouds invertible.
    private static final double[] WIDTHS = {1e-3, 0.1, 1, 5};

    /// One belief a width.
    ///
    /// @param known points of the router's models
    static List<PairPrior> among(List<Ability> known) {
        var points = known.stream().map(PairPrior::point).toArray(double[][]::new);
        var mean = mean(points);
        var cloud = covariance(points, mean);
        return DoubleStream.of(WIDTHS)
                .mapToObj(width -> pair(mean, widened(cloud, width)))
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

    /// The covariance of both is ((1, c), (c, 1)) times, in Kronecker's sense, that of one.
    private static PairPrior pair(double[] mean, double[][] covariance) {
        var size = mean.length;
        var one = new SymmetricSystem(covariance);
        var inverse = one.inverse();
        var rest = 1 - CORRELATION * CORRELATION;
        var precision = new double[2 * size][2 * size];
        for (var row = 0; row < 2 * size; row++) {
            for (var column = 0; column < 2 * size; column++) {
                var sameModel = row / size == column / size;
                precision[row][column] = (sameModel ? 1 : -CORRELATION) / rest * inverse[row % size][column % size];
            }
        }
        var both =
                IntStream.range(0, 2 * size).mapToDouble(at -> mean[at % size]).toArray();
        return new PairPrior(both, precision, 2 * one.logDeterminant() + size * Math.log(rest));
    }
}
