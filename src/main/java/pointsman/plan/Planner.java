package pointsman.plan;

import pointsman.table.Table;
import pointsman.tokens.TokenCounter;

/// Orders the rows and fields of a table so that prompts share their beginnings.
///
/// No solver wins on every table, so several run, the order that was given takes part, and [HitCount] decides. A
/// plan is therefore never worse than the given order, the best fixed order or GGR. Equal tables, options and
/// steps give equal plans.
public final class Planner {
    private final TokenCounter counter;

    /// A planner that weighs cells with this counter.
    public Planner(TokenCounter counter) {
        this.counter = counter;
    }

    /// Plans a table.
    ///
    /// @throws IllegalArgumentException if the options name a column that the table lacks, or one twice, or a
    ///     dependency that the data breaks
    public Plan plan(Table table, PlanOptions options) {
        long deadline = System.nanoTime() + options.time().toNanos();
        var cells = new CellsBuilder(table, counter).build(options.fields(), options.sets());
        return new Portfolio(cells, options, deadline).plan();
    }
}
