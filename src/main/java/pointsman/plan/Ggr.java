package pointsman.plan;

import java.util.function.Function;

/// Greedy Group Recursion, Algorithm 1 of Liu, Biswal et al., "Optimizing LLM Queries in Relational Data
/// Analytics Workloads" (MLSys 2025, arXiv 2403.05821), and the same greedy with linear instead of squared
/// lengths.
///
/// In a table, take the value of a column with the highest score: (its length squared, and that of every cell that
/// functional dependencies bring along) x (its rows - 1). Lengths are tokens, not characters. Its rows come first,
/// with that field and the implied ones in front, and are ordered by the same rule without those columns; the other
/// rows follow, ordered by the same rule with all columns. Counts only fall while rows are taken away, so a stale
/// maximum of the heap can be put back with its new score: every cell is counted once per column depth, which makes
/// the exact recursion near-linear.
///
/// The paper stops early, at a depth of rows or columns or below a score, and goes on with one field order from
/// the columns' statistics; see [Stop].
final class Ggr implements Solver {
    /// When to stop the recursion.
    ///
    /// @param rowDepth how many groups are taken from one table at most
    /// @param columnDepth how many fields are put in front by the recursion at most
    /// @param minScore the least score of a group
    record Stop(int rowDepth, int columnDepth, double minScore) {
        /// The recursion runs to its end.
        static final Stop NEVER = new Stop(Integer.MAX_VALUE, Integer.MAX_VALUE, 0);
        /// The paper's settings.
        static final Stop PAPER = new Stop(4, 2, 100_000);
    }

    /// How much a value's length counts.
    enum Lengths {
        SQUARED,
        LINEAR;

        double of(double length) {
            return switch (this) {
                case SQUARED -> length * length;
                case LINEAR -> length;
            };
        }
    }

    private final Stop stop;
    private final Lengths lengths;
    private final Function<Cells, Dependencies> dependencies;

    /// With all dependencies that hold in the data.
    Ggr(Stop stop, Lengths lengths) {
        this(stop, lengths, Dependencies::of);
    }

    /// With these dependencies, and no others.
    Ggr(Stop stop, Lengths lengths, Function<Cells, Dependencies> dependencies) {
        this.stop = stop;
        this.lengths = lengths;
        this.dependencies = dependencies;
    }

    @Override
    public Ordering solve(Cells cells) {
        return new Recursion(cells, stop, lengths, dependencies.apply(cells)).ordering();
    }
}
