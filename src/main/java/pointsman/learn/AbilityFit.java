package pointsman.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import pointsman.score.Ability;
import pointsman.score.Reading;

/// Finds the points of a ladder's new models in the router's skill space from the quality of their answers.
///
/// P(right) is sigmoid(skills . ability + ease): a logistic regression on the skills for each model, in
/// which a quality between 0 and 1 counts as that much of a right answer. All are fitted together, because
/// [LadderPrior] ties them. The maximum a posteriori is found by Newton's method; the function is convex.
/// Which of several priors holds is told by the evidence, the probability of the outcomes under each
/// (empirical Bayes; MacKay, "Bayesian interpolation", 1992), by Laplace's approximation at the maximum. So
/// a pair like those of the training is fitted tightly by few outcomes, and one that is unlike them is let
/// go where they say.
public final class AbilityFit {
    private static final int ITERATIONS = 50;
    private static final double CLOSE = 1e-9;

    private final LadderPrior prior;
    private final double[][] asked;
    private final double[][] quality;

    private AbilityFit(LadderPrior prior, double[][] asked, double[][] quality) {
        this.prior = prior;
        this.asked = asked;
        this.quality = quality;
    }

    /// The points of the models, in their order.
    ///
    /// @param evidence the logarithm of the outcomes' probability under the prior, but for a constant
    record Found(List<Ability> models, double evidence) {}

    /// Fits the models of a ladder.
    ///
    /// @param known points of the router's models, which say what models are like
    /// @param readings of the prompts that all of them answered
    /// @param quality of each model's answer to each, in [0, 1]
    static Found find(List<Ability> known, List<Reading> readings, double[]... quality) {
        var asked = readings.stream().map(AbilityFit::withOne).toArray(double[][]::new);
        return LadderPrior.among(known, quality.length).stream()
                .map(prior -> new AbilityFit(prior, asked, quality).find())
                .max(Comparator.comparingDouble(Found::evidence))
                .orElseThrow();
    }

    static double[] withOne(Reading reading) {
        var skills = reading.skills();
        return IntStream.rangeClosed(0, skills.length)
                .mapToDouble(at -> at < skills.length ? skills[at] : 1)
                .toArray();
    }

    private Found find() {
        var point = prior.mean().clone();
        var loss = loss(point);
        for (var iteration = 0; iteration < ITERATIONS; iteration++) {
            var step = bend(point).solve(slope(point));
            var next = minus(point, step, 1);
            for (var scale = 0.5; loss(next) > loss && scale > CLOSE; scale /= 2) {
                next = minus(point, step, scale);
            }
            var better = loss(next);
            if (loss - better < CLOSE) {
                break;
            }
            point = next;
            loss = better;
        }
        var evidence = -loss - (bend(point).logDeterminant() + prior.logDeterminant()) / 2;
        return new Found(models(point), evidence);
    }

    private List<Ability> models(double[] point) {
        var size = point.length / quality.length;
        return IntStream.range(0, quality.length)
                .mapToObj(model -> ability(Arrays.copyOfRange(point, model * size, (model + 1) * size)))
                .toList();
    }

    static Ability ability(double[] point) {
        return new Ability(Arrays.stream(point).limit(point.length - 1L).boxed().toList(), point[point.length - 1]);
    }

    private double loss(double[] point) {
        var away = minus(point, prior.mean(), 1);
        var sum = dot(away, 0, times(prior.precision(), away)) / 2;
        for (var model = 0; model < quality.length; model++) {
            for (var row = 0; row < asked.length; row++) {
                var logit = logit(point, model, row);
                sum += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - quality[model][row] * logit;
            }
        }
        return sum;
    }

    private double logit(double[] point, int model, int row) {
        return dot(point, model * asked[row].length, asked[row]);
    }

    private double right(double[] point, int model, int row) {
        return 1 / (1 + Math.exp(-logit(point, model, row)));
    }

    private double[] slope(double[] point) {
        var slope = times(prior.precision(), minus(point, prior.mean(), 1));
        for (var model = 0; model < quality.length; model++) {
            for (var row = 0; row < asked.length; row++) {
                var wrong = right(point, model, row) - quality[model][row];
                for (var at = 0; at < asked[row].length; at++) {
                    slope[model * asked[row].length + at] += wrong * asked[row][at];
                }
            }
        }
        return slope;
    }

    private SymmetricSystem bend(double[] point) {
        var bend = Arrays.stream(prior.precision()).map(double[]::clone).toArray(double[][]::new);
        for (var model = 0; model < quality.length; model++) {
            for (var row = 0; row < asked.length; row++) {
                var right = right(point, model, row);
                addSquare(bend, model * asked[row].length, asked[row], right * (1 - right));
            }
        }
        return new SymmetricSystem(bend);
    }

    /// Adds `weight` x x' to the matrix, from a place on its diagonal on.
    public static void addSquare(double[][] matrix, int from, double[] x, double weight) {
        for (var row = 0; row < x.length; row++) {
            for (var column = 0; column < x.length; column++) {
                matrix[from + row][from + column] += weight * x[row] * x[column];
            }
        }
    }

    private static double[] times(double[][] matrix, double[] x) {
        return Arrays.stream(matrix).mapToDouble(row -> dot(row, 0, x)).toArray();
    }

    private static double[] minus(double[] x, double[] y, double scale) {
        return IntStream.range(0, x.length)
                .mapToDouble(at -> x[at] - scale * y[at])
                .toArray();
    }

    /// Of y, and of as much of x from a place on.
    private static double dot(double[] x, int from, double[] y) {
        var sum = 0.0;
        for (var at = 0; at < y.length; at++) {
            sum += x[from + at] * y[at];
        }
        return sum;
    }
}
