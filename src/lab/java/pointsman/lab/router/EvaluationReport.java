package pointsman.lab.router;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import pointsman.learn.Outcome;
import pointsman.learn.QualityCurve;

/// What a router is worth, as Markdown tables: beside what it must beat, then by every measure.
final class EvaluationReport {
    private static final double[] RECOVERED = {0.5, 0.8};
    private static final int CHANCES = 100; // draws of outcomes for the calibration error by chance
    private static final double[] DROPS = {0, 0.01, 0.02, 0.05};

    private final int draws;
    private final long seed;

    /// @param draws samples that the intervals are drawn from
    public EvaluationReport(int draws, long seed) {
        this.draws = draws;
        this.seed = seed;
    }

    /// The tables, with a last row for all tasks as one where there are several.
    public String text(List<ScoredTask> tasks) {
        var all = new ArrayList<>(tasks);
        if (tasks.size() > 1) {
            all.add(pooled(tasks));
        }
        return """
                | task | questions | random | length | cheap features | category mean | **router**, APGR (95 %% interval) | oracle |
                |---|---|---|---|---|---|---|---|
                %s

                | task | CPT50 / CPT80 | cost advantage at 0 / 1 / 2 / 5 %% drop | ECE (by chance) | rank correlation with length | all small / all large |
                |---|---|---|---|---|---|
                %s
                """.formatted(
                        all.stream().map(this::ranking).collect(Collectors.joining("\n")),
                        all.stream().map(this::measures).collect(Collectors.joining("\n")));
    }

    /// All prompts of all tasks behind one threshold, ranked by score, which means the same for every pair. Each
    /// keeps the qualities of its own pair.
    static ScoredTask pooled(List<ScoredTask> tasks) {
        var rows = tasks.stream()
                .flatMap(task -> task.rows().stream().map(row -> asPair(task.task(), row)))
                .toList();
        return new ScoredTask(new Task("pooled", Outcome.SMALL, Outcome.LARGE, ""), rows);
    }

    private static ScoredOutcome asPair(Task task, ScoredOutcome row) {
        var outcome = row.outcome();
        var quality = Map.of(Outcome.SMALL, outcome.of(task.small()), Outcome.LARGE, outcome.of(task.large()));
        return new ScoredOutcome(
                new Outcome(outcome.text(), outcome.source(), outcome.category(), outcome.fold(), quality),
                row.reading(),
                row.score(),
                row.score());
    }

    private String ranking(ScoredTask task) {
        var baselines = new Baselines(task);
        return String.format(
                Locale.ROOT,
                "| %s | %d | 0.500 | %.3f | %.3f | %s | **%s** | %.3f |",
                task.task().title(),
                task.rows().size(),
                apgr(task, baselines.length()),
                apgr(task, baselines.cheapFeatures()),
                baselines.hasCategories()
                        ? String.format(Locale.ROOT, "%.3f", apgr(task, baselines.categoryMean()))
                        : "-",
                Bootstrap.interval(task.rankedBy(task.rank()), QualityCurve::apgr, draws, seed),
                apgr(task, baselines.oracle()));
    }

    private static double apgr(ScoredTask task, double[] score) {
        return task.rankedBy(score).curve().apgr();
    }

    private String measures(ScoredTask task) {
        var curve = task.rankedBy(task.rank()).curve();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.3f (%.3f) | %.2f | %.3f / %.3f |",
                task.task().title(),
                percentages(DoubleStream.of(RECOVERED).map(recovered -> Measures.cpt(curve, recovered))),
                percentages(DoubleStream.of(DROPS).map(curve::costAdvantage)),
                Measures.calibrationError(task.score(), task.good()),
                Measures.calibrationErrorByChance(task.score(), CHANCES, seed),
                Measures.rankCorrelation(
                        task.rank(), task.column(row -> row.reading().tokenCount())),
                curve.small(),
                curve.large());
    }

    private static String percentages(DoubleStream shares) {
        return shares.mapToObj(share -> String.format(Locale.ROOT, "%.1f", 100 * share))
                .collect(Collectors.joining(" / "));
    }
}
