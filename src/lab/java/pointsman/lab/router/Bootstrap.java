package pointsman.lab.router;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import pointsman.learn.Interval;
import pointsman.learn.QualityCurve;
import pointsman.learn.Sample;

/// How far a measure may be off, found out by measuring it again and again.
final class Bootstrap {
    private static final double LOWER = 0.025;
    private static final double UPPER = 0.975;

    private Bootstrap() {}

    /// 95 % by the bootstrap over prompts (Efron 1979): the measure of samples of the same size, drawn with putting
    /// back.
    ///
    /// @param draws how many samples are drawn
    static Interval interval(Sample sample, ToDoubleFunction<QualityCurve> measure, int draws, long seed) {
        var random = new SplittableRandom(seed);
        var drawn = new double[draws];
        for (var draw = 0; draw < draws; draw++) {
            drawn[draw] = measure.applyAsDouble(sample.curve(times(sample.size(), random)));
        }
        Arrays.sort(drawn);
        return new Interval(measure.applyAsDouble(sample.curve()), percentile(drawn, LOWER), percentile(drawn, UPPER));
    }

    /// The mean of some values, and between which of them 95 % lie.
    static Interval around(double[] sorted) {
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

    static double percentile(double[] sorted, double share) {
        var place = share * (sorted.length - 1);
        var below = (int) place;
        var above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
