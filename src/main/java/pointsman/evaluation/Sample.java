package pointsman.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Prompts with a score and the quality of both models' answers, in the order in which they would be sent to large: the
/// lowest score first. Immutable.
final class Sample {
    private final double[] score;
    private final double[] small;
    private final double[] large;

    /// @param score of each prompt; higher speaks for small
    /// @param small quality of the small model's answer to it, in [0, 1]
    /// @param large quality of the large model's answer to it, in [0, 1]
    Sample(double[] score, double[] small, double[] large) {
        var order = order(score);
        this.score = pick(score, order);
        this.small = pick(small, order);
        this.large = pick(large, order);
    }

    /// The positions of the values, the lowest first.
    static int[] order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> values[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    static double[] pick(double[] values, int[] rows) {
        return IntStream.of(rows).mapToDouble(row -> values[row]).toArray();
    }

    int size() {
        return score.length;
    }

    double score(int row) {
        return score[row];
    }

    double small(int row) {
        return small[row];
    }

    double large(int row) {
        return large[row];
    }

    double meanLarge() {
        return Arrays.stream(large).average().orElse(Double.NaN);
    }

    /// The share of prompts that a threshold sends to small.
    double shareAtOrAbove(double threshold) {
        return (double) Arrays.stream(score).filter(value -> value >= threshold).count() / size();
    }

    /// The mean quality of the answers when small answers from the threshold on.
    double qualityRoutedAt(double threshold) {
        return IntStream.range(0, size())
                .mapToDouble(row -> score[row] >= threshold ? small[row] : large[row])
                .average()
                .orElse(Double.NaN);
    }

    /// So many prompts, drawn with putting back.
    Sample drawn(int count, SplittableRandom random) {
        var rows = IntStream.generate(() -> random.nextInt(size())).limit(count).toArray();
        return new Sample(pick(score, rows), pick(small, rows), pick(large, rows));
    }

    /// The quality curve of these prompts.
    QualityCurve curve() {
        var once = new int[size()];
        Arrays.fill(once, 1);
        return curve(once);
    }

    /// The quality curve of a sample that holds each prompt as often as told. Tied scores are one step of the curve.
    QualityCurve curve(int[] times) {
        var share = new double[size() + 1];
        var quality = new double[size() + 1];
        var total = IntStream.of(times).sum();
        quality[0] = mean(small, times, total);
        var steps = 1;
        var sent = 0;
        var gain = 0.0;
        for (var row = 0; row < size(); row++) {
            sent += times[row];
            gain += times[row] * (large[row] - small[row]);
            if (row + 1 == size() || score[row + 1] > score[row]) {
                share[steps] = (double) sent / total;
                quality[steps] = quality[0] + gain / total;
                steps++;
            }
        }
        return new QualityCurve(Arrays.copyOf(share, steps), Arrays.copyOf(quality, steps), mean(large, times, total));
    }

    private static double mean(double[] values, int[] times, int total) {
        return IntStream.range(0, values.length)
                        .mapToDouble(row -> times[row] * values[row])
                        .sum()
                / total;
    }
}
