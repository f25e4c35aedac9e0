package pointsman.lab.router;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import pointsman.learn.IsotonicFit;
import pointsman.learn.LadderPath;
import pointsman.learn.LadderSample;
import pointsman.learn.Rungs;
import pointsman.score.CalibrationCurve;
import pointsman.score.ModelPair;

/// Outcomes of a ladder with what routers say about their prompts.
///
/// @param rungs the models
/// @param rank of each rung against each rung above it, by prompt, in [0, 1]
/// @param quality of each rung, by prompt
/// @param fold of each prompt
record LadderWorld(Rungs rungs, double[][][] rank, double[][] quality, int[] fold) {
    static LadderWorld of(Rungs rungs, List<Routers.Read> rows) {
        var rank = new double[rungs.size()][rungs.size()][];
        for (var small = 0; small < rungs.size(); small++) {
            for (var large = small + 1; large < rungs.size(); large++) {
                var pair = new ModelPair(rungs.names().get(small), rungs.names().get(large));
                rank[small][large] = rows.stream()
                        .mapToDouble(row -> Routers.rank(row.router().pairScore(pair), row.reading()))
                        .toArray();
            }
        }
        var outcomes = rows.stream().map(Routers.Read::outcome).toList();
        var folds = rows.stream()
                .map(row -> new ScoredOutcome(row.outcome(), row.reading(), 0, 0))
                .mapToInt(ScoredOutcome::fold)
                .toArray();
        return new LadderWorld(rungs, rank, rungs.quality(outcomes), folds);
    }

    int[] all() {
        return IntStream.range(0, fold.length).toArray();
    }

    /// The path of a way, laid with some prompts.
    LadderPath path(LadderWay way, int[] rows, List<CalibrationCurve> curves) {
        return way.path()
                .orElseGet(
                        () -> LadderPath.steepest(scores(way, rows, curves), gains(way, rows), rungs.relativeCosts()));
    }

    private double[][] gains(LadderWay way, int[] rows) {
        return IntStream.range(0, rungs.size() - 1)
                .mapToObj(rung -> IntStream.of(rows)
                        .mapToDouble(row -> 2 * rank[rung][way.against(rung)][row] - 1)
                        .toArray())
                .toArray(double[][]::new);
    }

    private double[][] scores(LadderWay way, int[] rows, List<CalibrationCurve> curves) {
        return IntStream.range(0, curves.size())
                .mapToObj(rung -> IntStream.of(rows)
                        .mapToDouble(row -> curves.get(rung).probability(rank[rung][way.against(rung)][row]))
                        .toArray())
                .toArray(double[][]::new);
    }

    /// P(a rung is good enough relative to another) over its rank, as some prompts' outcomes show it;
    /// one curve a rung but the last.
    List<CalibrationCurve> curves(LadderWay way, int[] rows) {
        return IntStream.range(0, rungs.size() - 1)
                .mapToObj(rung -> curve(rung, way.against(rung), rows))
                .toList();
    }

    private CalibrationCurve curve(int small, int large, int[] rows) {
        return IsotonicFit.curve(
                IntStream.of(rows).mapToDouble(row -> rank[small][large][row]).toArray(),
                IntStream.of(rows)
                        .mapToDouble(row -> quality[small][row] >= quality[large][row] ? 1 : 0)
                        .toArray());
    }

    /// Some prompts, scored by some curves.
    LadderSample sample(LadderWay way, int[] rows, List<CalibrationCurve> curves) {
        return new LadderSample(
                scores(way, rows, curves),
                Arrays.stream(quality)
                        .map(each ->
                                IntStream.of(rows).mapToDouble(row -> each[row]).toArray())
                        .toArray(double[][]::new),
                rungs.relativeCosts());
    }

    /// The cheapest rung that by itself loses no more than this, and what it costs relative to the
    /// last.
    String bestConstant(double maxDrop) {
        var last = rungs.size() - 1;
        var best = IntStream.range(0, last)
                .filter(rung -> meanQuality(rung) >= (1 - maxDrop) * meanQuality(last))
                .findFirst()
                .orElse(last);
        return String.format(Locale.ROOT, "%s, %.1f %%", rungs.names().get(best), 100 * rungs.relativeCosts()[best]);
    }

    double meanQuality(int rung) {
        return Arrays.stream(quality[rung]).average().orElseThrow();
    }
}
