package pointsman.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Prompts with a score and the quality of both models' answers, in the order in which they would be sent
/// to large: the lowest score first. Immutable.
public final class Sample {
    private final int[] position; // of each prompt in the order in which it was given
    private final double[] score;
    private final double[] small;
    private final double[] large;

    /// @param score of each prompt; higher speaks for small
    /// @param small quality of the small model's answer to it, in [0, 1]
    /// @param large quality of the large model's answer to it, in [0, 1]
    public Sample(double[] score, double[] small, double[] large) {
        position = order(score);
        this.score = pick(score, position);
        this.small = pick(small, position);
        this.large = pick(large, position);
    }

    /// The positions of the values, the lowest first.
    public static int[] order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> values[row]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    public static double[] pick(double[] values, int[] rows) {
        return IntStream.of(rows).mapToDouble(row -> values[row]).toArray();
    }

    public int size() {
        return score.length;
    }

    /// The score of the prompt at a place, counted from the lowest.
    public double score(int place) {
        return score[place];
    }

    public double meanLarge() {
        return Arrays.stream(large).average().orElse(Double.NaN);
    }

    /// How many prompts score at or above a threshold.
    public int countFrom(double threshold) {
        var below = 0;
        var above = size();
        while (below < above) {
            var middle = (below + above) / 2;
            if (score[middle] >= threshold) {
                above = middle;
            } else {
                below = middle + 1;
            }
        }
        return size() - below;
    }

    /// The same prompts as a ladder of two, in the order in which they were given.
    LadderSample ladder() {
        var placeOf = new int[size()];
        IntStream.range(0, size()).forEach(place -> placeOf[position[place]] = place);
        return new LadderSample(
                new double[][] {pick(score, placeOf)},
                new double[][] {pick(small, placeOf), pick(large, placeOf)},
                new double[] {0, 1});
    }

    /// The mean quality of the answers when small answers from the threshold on.
    public double qualityRoutedAt(double threshold) {
        return IntStream.range(0, size())
                .mapToDouble(row -> score[row] >= threshold ? small[row] : large[row])
                .average()
                .orElse(Double.NaN);
    }

    /// So many prompts, drawn with putting back.
    public Sample drawn(int count, SplittableRandom random) {
        var rows = IntStream.generate(() -> random.nextInt(size())).limit(count).toArray();
        return new Sample(pick(score, rows), pick(small, rows), pick(large, rows));
    }

    /// The quality curve of these prompts.
    public QualityCurve curve() {
        var once = new int[size()];
        Arrays.fill(once, 1);
        return curve(once);
    }

    /// The quality curve of a sample that holds each prompt as often as told. Tied scores are one step of
    /// the curve.
    public QualityCurve curve(int[] times) {
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
