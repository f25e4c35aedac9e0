package pointsman.plan;

import java.time.Duration;
import java.util.List;

/// What a plan may do and how long it may take.
///
/// @param orders one order of keys for all rows, or one for each
/// @param fields the columns to send, in the order of the job, or an empty list for all of the table
/// @param sets lists of columns whose values may change places with each other
/// @param dependencies what is declared to determine what; a dependency that the data breaks is an error. Those that
///     hold in the data are found anyway, and common cells come along in any case: declared ones only add a GGR
///     that counts with them alone, as the paper's does
/// @param steps how much searching may follow the first plan, or [#STEPS_BY_SIZE]; a step looks at one cell at one
///     place of the tree, and a core does some thirty million in a second. A search that has converged ends sooner
/// @param time the search also ends when this much time has passed since planning began; it is what a person asks
///     for, and makes the plan depend on the machine if it is reached before the steps are used up
/// @param seed what the random choices of the search begin with; equal seeds and steps give equal plans
public record PlanOptions(
        Orders orders,
        List<String> fields,
        List<List<String>> sets,
        List<Dependency> dependencies,
        long steps,
        Duration time,
        long seed) {
    /// Whether rows may differ in their field order.
    public enum Orders {
        /// All rows have the same order of keys: every prompt has the same schema, which is safest for answers. Only
        /// columns of one set change places, which share a key.
        FIXED,
        /// Every row has the field order that saves most.
        PER_ROW
    }

    /// As many steps as suit the table; see [#steps(long)].
    public static final long STEPS_BY_SIZE = -1;

    private static final long LEAST_STEPS = 5_000_000;
    private static final long STEPS_A_CELL = 100;
    private static final long MOST_STEPS = 75_000_000;

    /// One field order, all columns, no sets, no time limit.
    public static final PlanOptions DEFAULT =
            new PlanOptions(Orders.FIXED, List.of(), List.of(), List.of(), STEPS_BY_SIZE, Duration.ofDays(1), 1);

    public PlanOptions {
        fields = List.copyOf(fields);
        sets = sets.stream().map(List::copyOf).toList();
        dependencies = List.copyOf(dependencies);
        if (steps < STEPS_BY_SIZE || time.isNegative()) {
            throw new IllegalArgumentException("a plan's budget is negative: %d steps, %s".formatted(steps, time));
        }
    }

    /// The budget in steps for a table of so many cells.
    ///
    /// By size it is a hundred steps a cell, with a floor. A table of more than 750,000 cells, where that would be
    /// 75 million, gets fewer again: all else that planning does takes longer there, and so does a step, as trees
    /// outgrow the caches.
    long steps(long cells) {
        if (steps != STEPS_BY_SIZE) {
            return steps;
        }
        long most = Math.min(MOST_STEPS, MOST_STEPS * (MOST_STEPS / STEPS_A_CELL) / Math.max(1, cells));
        return Math.clamp(cells * STEPS_A_CELL, LEAST_STEPS, Math.max(LEAST_STEPS, most));
    }

    /// The budget in steps, where a millisecond of time is taken to be 10,000.
    long stepsOrTime(long cells) {
        return Math.min(steps(cells), Math.multiplyExact(Math.min(time.toMillis(), 1L << 40), 10_000L));
    }

    /// The same with other field orders.
    public PlanOptions withOrders(Orders other) {
        return new PlanOptions(other, fields, sets, dependencies, steps, time, seed);
    }

    /// The same with other sets of interchangeable columns.
    public PlanOptions withSets(List<List<String>> other) {
        return new PlanOptions(orders, fields, other, dependencies, steps, time, seed);
    }

    /// The same with other declared dependencies.
    public PlanOptions withDependencies(List<Dependency> other) {
        return new PlanOptions(orders, fields, sets, other, steps, time, seed);
    }

    /// The same for these columns only.
    public PlanOptions withFields(List<String> other) {
        return new PlanOptions(orders, other, sets, dependencies, steps, time, seed);
    }

    /// The same with another budget of steps.
    public PlanOptions withSteps(long other) {
        return new PlanOptions(orders, fields, sets, dependencies, other, time, seed);
    }

    /// The same with another limit of time.
    public PlanOptions withTime(Duration other) {
        return new PlanOptions(orders, fields, sets, dependencies, steps, other, seed);
    }
}
