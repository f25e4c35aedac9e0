package pointsman.lab.router;

import java.util.List;
import java.util.function.ToDoubleFunction;
import pointsman.learn.Sample;

/// A task with what a router says about its prompts.
///
/// @param task which pair, which sources
/// @param rows the outcomes of the task
record ScoredTask(Task task, List<ScoredOutcome> rows) {
    public ScoredTask {
        rows = List.copyOf(rows);
    }

    double[] column(ToDoubleFunction<ScoredOutcome> value) {
        return rows.stream().mapToDouble(value).toArray();
    }

    /// What the prompts are ranked by.
    double[] rank() {
        return column(ScoredOutcome::rank);
    }

    double[] score() {
        return column(ScoredOutcome::score);
    }

    double[] small() {
        return column(row -> row.outcome().of(task.small()));
    }

    double[] large() {
        return column(row -> row.outcome().of(task.large()));
    }

    /// What small is better by; negative where large is.
    double[] gain() {
        return column(row -> row.outcome().of(task.small()) - row.outcome().of(task.large()));
    }

    /// 1 where small is good enough, that is: not worse than large.
    double[] good() {
        return column(row -> row.outcome().of(task.small()) >= row.outcome().of(task.large()) ? 1 : 0);
    }

    /// The prompts, ranked by a score of one's own.
    Sample rankedBy(double[] score) {
        return new Sample(score, small(), large());
    }
}
