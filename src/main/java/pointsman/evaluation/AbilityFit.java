package pointsman.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import pointsman.score.Ability;
import pointsman.score.Reading;

/// Finds a new model's point in the router's skill space from the quality of its answers.
///
/// P(right) is sigmoid(skills . ability + ease): a logistic regression on the skills, in which a quality between 0 and
/// 1 counts as that much of a right answer. What a model can do is not arbitrary: the models that the router was
/// trained on form a cloud in the same space, and a normal distribution laid over that cloud is the prior (empirical
/// Bayes, Robbins 1956). So ten outcomes change little, a few hundred suffice, and many outweigh the prior. The maximum
/// a posteriori is found by Newton's method; the function is convex.
final class AbilityFit {
    private static final int ITERATIONS = 50;
    private static final double CLOSE = 1e-9;
    private static final double RIDGE = 1e-3; // of the mean variance, where the cloud is flat

    private final double[] mean;
    private final double[][] precision;

    private AbilityFit(double[] mean, double[][] precision) {
        this.mean = mean;
        this.precision = precision;
    }

    /// The prior of models that are like those of the router.
    ///
    /// @param known points of the router's models
    static AbilityFit among(List<Ability> known) {
        var points = known.stream().map(AbilityFit::point).toArray(double[][]::new);
        var size = points[0].length;
        var mean = new double[size];
        for (var point : points) {
            Arrays.setAll(mean, at -> mean[at] + point[at] / points.length);
        }
        var covariance = new double[size][size];
        for (var point : points) {
            addSquare(
                    covariance,
                    IntStream.range(0, size)
                            .mapToDouble(at -> point[at] - mean[at])
                            .toArray(),
                    1.0 / points.length);
        }
        var ridge = RIDGE
                * IntStream.range(0, size)
                        .mapToDouble(at -> covariance[at][at])
                        .average()
                        .orElse(1);
        IntStream.range(0, size).forEach(at -> covariance[at][at] += ridge);
        return new AbilityFit(mean, new SymmetricSystem(covariance).inverse());
    }

    private static double[] point(Ability ability) {
        var point = Arrays.copyOf(
                ability.skills().stream().mapToDouble(Double::doubleValue).toArray(),
                ability.skills().size() + 1);
        point[point.length - 1] = ability.ease();
        return point;
    }

    /// Adds `weight` x x' to the matrix, on and below its diagonal and above.
    static void addSquare(double[][] matrix, double[] x, double weight) {
        for (var row = 0; row < x.length; row++) {
            for (var column = 0; column < x.length; column++) {
                matrix[row][column] += weight * x[row] * x[column];
            }
        }
    }

    /// Fits one model.
    ///
    /// @param readings of the prompts that it answered
    /// @param quality of its answer to each, in [0, 1]
    Ability fit(List<Reading> readings, double[] quality) {
        var asked = readings.stream().map(AbilityFit::withOne).toArray(double[][]::new);
        var point = mean.clone();
        var loss = loss(point, asked, quality);
        for (var iteration = 0; iteration < ITERATIONS; iteration++) {
            var step = newtonStep(point, asked, quality);
            var next = minus(point, step, 1);
            for (var scale = 0.5; loss(next, asked, quality) > loss && scale > CLOSE; scale /= 2) {
                next = minus(point, step, scale);
            }
            var better = loss(next, asked, quality);
            if (loss - better < CLOSE) {
                break;
            }
            point = next;
            loss = better;
        }
        var ease = point[point.length - 1];
        return new Ability(Arrays.stream(point).limit(point.length - 1L).boxed().toList(), ease);
    }

    static double[] withOne(Reading reading) {
        var skills = reading.skills();
        return IntStream.rangeClosed(0, skills.length)
                .mapToDouble(at -> at < skills.length ? skills[at] : 1)
                .toArray();
    }

    private double loss(double[] point, double[][] asked, double[] quality) {
        var sum = 0.0;
        for (var row = 0; row < asked.length; row++) {
            var logit = dot(asked[row], point);
            sum += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - quality[row] * logit;
        }
        var away = minus(point, mean, 1);
        return sum + dot(away, times(precision, away)) / 2;
    }

    private double[] newtonStep(double[] point, double[][] asked, double[] quality) {
        var slope = times(precision, minus(point, mean, 1));
        var bend = Arrays.stream(precision).map(double[]::clone).toArray(double[][]::new);
        for (var row = 0; row < asked.length; row++) {
            var right = 1 / (1 + Math.exp(-dot(asked[row], point)));
            for (var at = 0; at < slope.length; at++) {
                slope[at] += (right - quality[row]) * asked[row][at];
            }
            addSquare(bend, asked[row], right * (1 - right));
        }
        return new SymmetricSystem(bend).solve(slope);
    }

    private static double[] times(double[][] matrix, double[] x) {
        return Arrays.stream(matrix).mapToDouble(row -> dot(row, x)).toArray();
    }

    private static double[] minus(double[] x, double[] y, double scale) {
        return IntStream.range(0, x.length)
                .mapToDouble(at -> x[at] - scale * y[at])
                .toArray();
    }

    private static double dot(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(at -> x[at] * y[at]).sum();
    }
}
