package pointsman.lab.router;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.learn.KnownAbilities;
import pointsman.learn.LadderFit;
import pointsman.learn.Sample;

/// What a pair is worth that the router was not trained on, after so many outcomes of its own: some of a
/// fold's prompts, drawn at random, fit the pair, and all others of the fold are ranked with it. Prompts of
/// one fold only, because each fold's router has a skill space of its own.
final class Onboarding {
    private final int outcomes;
    private final int draws;
    private final long seed;

    /// @param outcomes that a pair is fitted with
    /// @param draws how often, in each fold
    public Onboarding(int outcomes, int draws, long seed) {
        this.outcomes = outcomes;
        this.draws = draws;
        this.seed = seed;
    }

    /// A Markdown table: the mean APGR over folds and draws, and between which values 95 % of the draws lie.
    ///
    /// @throws IllegalArgumentException if a fold has not twice as many prompts as are to be fitted with
    public String table(List<ScoredTask> tasks) {
        return """
                | task | outcomes that the pair is fitted with | draws | APGR, mean (95 %% of draws) |
                |---|---|---|---|
                %s
                """.formatted(tasks.stream().map(this::row).collect(Collectors.joining("\n")));
    }

    private String row(ScoredTask task) {
        var random = new SplittableRandom(seed);
        var results = task.rows().stream().collect(Collectors.groupingBy(ScoredOutcome::fold)).values().stream()
                .flatMap(fold -> IntStream.range(0, draws).mapToObj(_ -> apgr(task.task(), fold, random)))
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return "| %s | %d | %d | %s |"
                .formatted(task.task().title(), outcomes, results.length, Bootstrap.around(results));
    }

    private double apgr(Task task, List<ScoredOutcome> fold, SplittableRandom random) {
        if (fold.size() < 2 * outcomes) {
            throw new IllegalArgumentException("%s: a fold of %d prompts is too small to fit with %d of them"
                    .formatted(task.title(), fold.size(), outcomes));
        }
        var order =
                random.ints(fold.size(), 0, Integer.MAX_VALUE).asDoubleStream().toArray();
        var shuffled = new ArrayList<ScoredOutcome>();
        Arrays.stream(Sample.order(order)).forEach(row -> shuffled.add(fold.get(row)));
        var fitting = new ScoredTask(task, shuffled.subList(0, outcomes));
        var rest = new ScoredTask(task, shuffled.subList(outcomes, shuffled.size()));
        var all = fold.stream().map(ScoredOutcome::reading).toList();
        var readings = fitting.rows().stream().map(ScoredOutcome::reading).toList();
        var pair = LadderFit.of(KnownAbilities.of(all), readings, fitting.small(), fitting.large())
                .score()
                .rungs()
                .getFirst();
        return rest.rankedBy(rest.column(row -> pair.of(row.reading()))).curve().apgr();
    }
}
