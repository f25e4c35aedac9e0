package pointsman.lab.router;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pointsman.learn.Betting;
import pointsman.learn.MeanProof;
import pointsman.learn.Sample;
import pointsman.learn.ThresholdSearch;

/// How often a promise is broken, found out by making it many times. A task's prompts are taken for the whole world, in
/// which the truth is known. Again and again some are drawn with putting back, a threshold is chosen with them alone,
/// and what it would really lose and save in that world is looked up.
final class GuaranteeSimulation {
    private static final double ROUNDING = 1e-12;

    private final int draws;
    private final int outcomes;
    private final long seed;

    /// @param draws how often the promise is made
    /// @param outcomes that a threshold is chosen with
    public GuaranteeSimulation(int draws, int outcomes, long seed) {
        this.draws = draws;
        this.outcomes = outcomes;
        this.seed = seed;
    }

    /// What became of one way to choose thresholds.
    ///
    /// @param broken share of the draws whose threshold broke the promise
    /// @param saving mean share of prompts that small answered
    /// @param leastSaving the smallest of them
    /// @param drop mean relative drop of quality
    record Result(double broken, double saving, double leastSaving, double drop) {}

    /// A Markdown table: learn then test by betting and by Hoeffding and Bentkus, by a normal approximation, which
    /// proves nothing but shows what no proof can exceed by much, and the naive threshold.
    public String table(List<ScoredTask> tasks, double maxDrop, double confidence) {
        var rows = tasks.stream()
                .flatMap(task -> Stream.of(
                        row(task, "betting", maxDrop, by(new Betting(), maxDrop, confidence)),
                        row(task, "Hoeffding-Bentkus", maxDrop, by(new HoeffdingBentkus(), maxDrop, confidence)),
                        row(task, "normal, no proof", maxDrop, by(new NormalApproximation(), maxDrop, confidence)),
                        row(task, "naive", maxDrop, sample -> NaiveThreshold.of(sample, maxDrop))))
                .collect(Collectors.joining("\n"));
        return String.format(Locale.ROOT, """
                %d draws of %d outcomes; promise: at most %.1f %% drop, confidence %.2f

                | task | threshold by | promise broken | mean drop | saving, mean | least | possible |
                |---|---|---|---|---|---|---|
                %s
                """, draws, outcomes, 100 * maxDrop, confidence, rows);
    }

    private static Function<Sample, OptionalDouble> by(MeanProof test, double maxDrop, double confidence) {
        return new ThresholdSearch(maxDrop, confidence, test)::threshold;
    }

    private String row(ScoredTask task, String way, double maxDrop, Function<Sample, OptionalDouble> choose) {
        var world = task.rankedBy(task.rank());
        var result = simulate(world, maxDrop, choose);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f %% | %.2f %% | %.1f %% | %.1f %% | %.1f %% |",
                task.task().title(),
                way,
                100 * result.broken(),
                100 * result.drop(),
                100 * result.saving(),
                100 * result.leastSaving(),
                100 * world.curve().costAdvantage(maxDrop));
    }

    Result simulate(Sample world, double maxDrop, Function<Sample, OptionalDouble> choose) {
        var random = new SplittableRandom(seed);
        var broken = 0;
        var saving = 0.0;
        var leastSaving = 1.0;
        var drop = 0.0;
        for (var draw = 0; draw < draws; draw++) {
            var threshold = choose.apply(world.drawn(outcomes, random)).orElse(Double.POSITIVE_INFINITY);
            var saved = (double) world.countFrom(threshold) / world.size();
            var lost = 1 - world.qualityRoutedAt(threshold) / world.meanLarge();
            broken += lost > maxDrop + ROUNDING ? 1 : 0;
            saving += saved / draws;
            leastSaving = Math.min(leastSaving, saved);
            drop += lost / draws;
        }
        return new Result((double) broken / draws, saving, leastSaving, drop);
    }
}
