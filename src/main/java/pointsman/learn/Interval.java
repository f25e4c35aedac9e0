package pointsman.learn;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// A measure with its interval.
///
/// @param value of the sample itself
/// @param low lower end
/// @param high upper end
public record Interval(double value, double low, double high) {
    private static final double LOWER = 0.025;
    private static final double UPPER = 0.975;

    /// 95 % by the bootstrap over prompts (Efron 1979): the measure of samples of the same size, drawn with putting
    /// back.
    ///
    /// @param draws how many samples are drawn
    public static Interval bootstrap(Sample sample, ToDoubleFunction<QualityCurve> measure, int draws, long seed) {
        var random = new SplittableRandom(seed);
        var drawn = new double[draws];
        for (var draw = 0; draw < draws; draw++) {
            drawn[draw] = measure.applyAsDouble(sample.curve(times(sample.size(), random)));
        }
        Arrays.sort(drawn);
        return new Interval(measure.applyAsDouble(sample.curve()), percentile(drawn, LOWER), percentile(drawn, UPPER));
    }

    /// The mean of some values, and between which of them 95 % lie.
    public static Interval around(double[] sorted) {
        var mean = Arrays.stream(sorted).average().orElseThrow();
        return new Interval(mean, percentile(sorted, LOWER), percentile(sorted, UPPER));
    }

    private static int[] times(int size, SplittableRandom random) {
        var times = new int[size];
        for (var row = 0; row < size; row++) {
            times[random.nextInt(size)]++;
        }
        return times;
    }

    /// 95 % for a share of independent yes-or-no outcomes (Wilson 1927).
    static Interval wilson(int yes, int all) {
        var z = 1.959964;
        var share = (double) yes / all;
        var denominator = 1 + z * z / all;
        var middle = (share + z * z / (2 * all)) / denominator;
        var half = z * Math.sqrt(share * (1 - share) / all + z * z / (4.0 * all * all)) / denominator;
        return new Interval(share, middle - half, middle + half);
    }

    public static double percentile(double[] sorted, double share) {
        var place = share * (sorted.length - 1);
        var below = (int) place;
        var above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", value, low, high);
    }
}
