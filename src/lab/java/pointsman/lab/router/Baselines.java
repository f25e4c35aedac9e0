package pointsman.lab.router;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import pointsman.learn.Sample;

/// What a router must beat: scores that take no model to make. Those that are learned are learned on the other folds.
final class Baselines {
    private final ScoredTask task;
    private final double[] gain;
    private final int[] fold;

    Baselines(ScoredTask task) {
        this.task = task;
        gain = task.gain();
        var given = task.rows().stream().mapToInt(ScoredOutcome::fold).toArray();
        fold = IntStream.of(given).distinct().count() > 1
                ? given
                : task.rows().stream().mapToInt(ScoredOutcome::foldOfText).toArray();
    }

    /// The shorter the easier.
    double[] length() {
        return task.column(row -> -row.reading().tokenCount());
    }

    /// Knows beforehand by how much small is better.
    double[] oracle() {
        return gain;
    }

    /// Ridge regression of small's gain on [TextFeatures].
    double[] cheapFeatures() {
        var features = task.rows().stream()
                .map(row -> TextFeatures.of(row.outcome().text()))
                .toArray(double[][]::new);
        var score = new double[gain.length];
        IntStream.of(fold).distinct().forEach(held -> {
            var train = rows(row -> fold[row] != held);
            var fitted = new Ridge(
                    IntStream.of(train).mapToObj(row -> features[row]).toArray(double[][]::new),
                    Sample.pick(gain, train));
            IntStream.of(rows(row -> fold[row] == held)).forEach(row -> score[row] = fitted.predict(features[row]));
        });
        return score;
    }

    /// Small's mean gain over the other folds' prompts of the same source and category.
    double[] categoryMean() {
        var score = new double[gain.length];
        IntStream.of(fold).distinct().forEach(held -> {
            var train = rows(row -> fold[row] != held);
            var overall =
                    IntStream.of(train).mapToDouble(row -> gain[row]).average().orElse(0);
            var means = new HashMap<String, Mean>();
            IntStream.of(train).forEach(row -> means.merge(label(row), new Mean(gain[row], 1), Mean::with));
            IntStream.of(rows(row -> fold[row] == held)).forEach(row -> score[row] = mean(means, label(row), overall));
        });
        return score;
    }

    /// Whether there is more than one category, so that [#categoryMean] says anything.
    boolean hasCategories() {
        return IntStream.range(0, gain.length)
                        .mapToObj(this::label)
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
    }

    private record Mean(double sum, int count) {
        Mean with(Mean other) {
            return new Mean(sum + other.sum, count + other.count);
        }
    }

    private static double mean(Map<String, Mean> means, String label, double overall) {
        var mean = means.get(label);
        return mean == null ? overall : mean.sum() / mean.count();
    }

    private String label(int row) {
        var outcome = task.rows().get(row).outcome();
        return outcome.source() + "\n" + outcome.category();
    }

    private int[] rows(IntPredicate wanted) {
        return IntStream.range(0, gain.length).filter(wanted).toArray();
    }
}
