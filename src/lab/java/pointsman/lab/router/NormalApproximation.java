package pointsman.lab.router;

import java.util.Arrays;
import pointsman.learn.MeanProof;

/// Takes the mean of the losses for normally distributed with the variance that they show. It is nearly so, which is no
/// proof; kept beside [Betting] to measure what a proof costs.
public final class NormalApproximation implements MeanProof {
    private static final double NEGLIGIBLE = 1e-17;

    @Override
    public boolean proves(double[] losses, double most, double confidence) {
        var mean = Arrays.stream(losses).average().orElseThrow();
        var squares =
                Arrays.stream(losses).map(loss -> Math.pow(loss - mean, 2)).sum();
        return mean < 0 && below(-mean * losses.length / Math.sqrt(squares)) >= confidence;
    }

    /// The chance that a standard normal number is below `x`, by its Taylor series (Marsaglia, "Evaluating the normal
    /// distribution", 2004).
    public static double below(double x) {
        if (Math.abs(x) > 8) {
            return x > 0 ? 1 : 0;
        }
        var term = x;
        var sum = x;
        for (var odd = 3; Math.abs(term) > NEGLIGIBLE; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
