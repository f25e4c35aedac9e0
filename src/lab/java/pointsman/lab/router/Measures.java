package pointsman.lab.router;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import pointsman.learn.QualityCurve;
import pointsman.learn.Sample;

/// Measures that the product has no use for.
final class Measures {
    private static final int BINS = 10;
    private static final double ROUNDING = 1e-12;

    private Measures() {}

    /// Call-performance threshold: the share that must go to large to recover this much of the gap.
    ///
    /// @param recovered 0.5 for half of what large would gain over small
    static double cpt(QualityCurve curve, double recovered) {
        var quality = curve.quality();
        var wanted = curve.small() + recovered * (curve.large() - curve.small());
        var reached = 0;
        while (quality[reached] < wanted - ROUNDING) {
            reached++;
        }
        if (reached == 0) {
            return 0;
        }
        var share = curve.share();
        var part = (wanted - quality[reached - 1]) / (quality[reached] - quality[reached - 1]);
        return share[reached - 1] + part * (share[reached] - share[reached - 1]);
    }

    /// Expected calibration error: over ten bins of equal size, how far what was foretold is from what happened.
    ///
    /// @param probability of each prompt that small is good enough
    /// @param good 1 where it was
    static double calibrationError(double[] probability, double[] good) {
        var order = Sample.order(probability);
        var error = 0.0;
        var start = 0;
        for (var bin = 0; bin < BINS; bin++) {
            var end = start + order.length / BINS + (bin < order.length % BINS ? 1 : 0);
            var difference = IntStream.range(start, end)
                    .mapToDouble(place -> probability[order[place]] - good[order[place]])
                    .sum();
            error += Math.abs(difference);
            start = end;
        }
        return error / order.length;
    }

    /// The calibration error that chance alone would show: that of outcomes drawn from the probabilities themselves, on
    /// average. Ten bins of 75 prompts are never quite where they should be.
    ///
    /// @param probability of each prompt that small is good enough
    static double calibrationErrorByChance(double[] probability, int draws, long seed) {
        var random = new SplittableRandom(seed);
        return IntStream.range(0, draws)
                .mapToDouble(_ -> calibrationError(
                        probability,
                        DoubleStream.of(probability)
                                .map(chance -> random.nextDouble() < chance ? 1 : 0)
                                .toArray()))
                .average()
                .orElse(Double.NaN);
    }

    /// Spearman's rank correlation; tied values share their mean rank.
    static double rankCorrelation(double[] one, double[] other) {
        var first = ranks(one);
        var second = ranks(other);
        var mean = (one.length - 1) / 2.0;
        var together = 0.0;
        var firstSquares = 0.0;
        var secondSquares = 0.0;
        for (var row = 0; row < one.length; row++) {
            together += (first[row] - mean) * (second[row] - mean);
            firstSquares += Math.pow(first[row] - mean, 2);
            secondSquares += Math.pow(second[row] - mean, 2);
        }
        return together / Math.sqrt(firstSquares * secondSquares);
    }

    private static double[] ranks(double[] values) {
        var order = Sample.order(values);
        var ranks = new double[values.length];
        var start = 0;
        while (start < order.length) {
            var end = start;
            while (end + 1 < order.length && values[order[end + 1]] == values[order[start]]) {
                end++;
            }
            for (var place = start; place <= end; place++) {
                ranks[order[place]] = (start + end) / 2.0;
            }
            start = end + 1;
        }
        return ranks;
    }
}
