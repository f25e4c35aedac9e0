package pointsman.table;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The solvers that compete for one plan.
final class Portfolio {
    private final Cells cells;
    private final PlanOptions options;
    private final long deadline;

    Portfolio(Cells cells, PlanOptions options, long deadline) {
        this.cells = cells;
        this.options = options;
        this.deadline = deadline;
    }

    /// An ordering and what it saves.
    private record Judged(String name, Ordering ordering, long hits) {}

    Plan plan() {
        var first = solvers().entrySet().parallelStream()
                .map(solver -> judged(solver.getKey(), solver.getValue().solve(cells)))
                .toList();
        var all = new java.util.ArrayList<>(first);
        if (options.orders() == PlanOptions.Orders.PER_ROW) {
            var best = best(first);
            all.add(judged(
                    "tree of row intersections", new TreeSearch(best.ordering(), new Budget(options.steps(), deadline), options.seed()).solve(cells)));
        }
        return new Plan(
                cells,
                best(all).ordering(),
                all.stream().map(j -> new Plan.Candidate(j.name(), j.hits())).toList());
    }

    private Map<String, Solver> solvers() {
        var solvers = new LinkedHashMap<String, Solver>();
        solvers.put("given order", all -> Ordering.given(all.rows(), all.width()));
        solvers.put("rows sorted", new SortedRows());
        solvers.put("order by statistics", new ColumnStatistics());
        solvers.put("best fixed order", new FixedOrder());
        if (options.orders() == PlanOptions.Orders.PER_ROW) {
            solvers.put("GGR", new Ggr(Ggr.Stop.NEVER, Ggr.Lengths.SQUARED));
            solvers.put("linear greedy", new Ggr(Ggr.Stop.NEVER, Ggr.Lengths.LINEAR));
        }
        return solvers;
    }

    private Judged judged(String name, Ordering ordering) {
        return new Judged(name, ordering, new HitCount(cells).hits(ordering));
    }

    /// The first of those that save most.
    private static Judged best(List<Judged> all) {
        return java.util.Collections.max(all, Comparator.comparingLong(Judged::hits));
    }
}
