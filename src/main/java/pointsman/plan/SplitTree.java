package pointsman.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The best tree of splits, by dynamic programming over pairs of a column set and a group ("DP-tree").
///
/// All rows are split by the values of one column, and every group of two rows or more chooses its own next column.
/// GGR peels single values off instead; the tree covers the best fixed order, for which all groups choose alike.
/// See [SplitSearch] for one run. Runs begin with one choice a group and widen until the budget ends or no choice is
/// left out, when the tree is the best of its kind.
///
/// Four prunings keep the sets few. Columns that are constant in a group come along at once, so the constant
/// columns of the table stand first. Of columns that split alike (each determines the other) only the one with the
/// longest key is a choice. Nearly unique columns are none: they come last. And of the others only the
/// [#CHOICES] that would save most as the first of all are choices.
final class SplitTree implements Solver {
    /// Sets of choices are bits of an `int`, and there are two to the power of it.
    private static final int CHOICES = 16;
    private static final double NEARLY_UNIQUE = 0.95;

    private final SearchBudget budget;

    /// A step of the budget looks at one cell.
    SplitTree(SearchBudget budget) {
        this.budget = budget;
    }

    @Override
    public Ordering solve(Cells cells) {
        int[] choices = choices(cells);
        var search = new SplitSearch(cells, choices, 1, budget, 0);
        var best = search;
        for (int width = 2; width <= choices.length && !budget.isSpent(search.steps()); width++) {
            search = new SplitSearch(cells, choices, width, budget, search.steps());
            best = search.saved() > best.saved() ? search : best;
        }
        return best.ordering();
    }

    /// The columns that a group may choose to be split by.
    static int[] choices(Cells cells) {
        var chosen = new ArrayList<Integer>();
        IntStream.range(0, cells.width())
                .filter(column -> mayBeChosen(cells, column))
                .boxed()
                .sorted(Comparator.comparingInt(column -> -cells.key(column)))
                .filter(column -> !splitsLikeOneOf(cells, column, chosen))
                .forEach(chosen::add);
        var whole = Partition.whole(cells.rows());
        var gain = IntStream.range(0, cells.width())
                .mapToLong(column -> chosen.contains(column) ? SplitSearch.gain(cells, whole, column) : 0)
                .toArray();
        return chosen.stream()
                .sorted(Comparator.comparingLong(column -> -gain[column]))
                .limit(CHOICES)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static boolean mayBeChosen(Cells cells, int column) {
        var seen = new BitSet();
        IntStream.of(cells.codes()[column]).forEach(seen::set);
        int distinct = seen.cardinality();
        return distinct > 1 && distinct <= NEARLY_UNIQUE * cells.rows();
    }

    private static boolean splitsLikeOneOf(Cells cells, int column, List<Integer> others) {
        return others.stream()
                .anyMatch(
                        other -> Dependencies.holds(cells, column, other) && Dependencies.holds(cells, other, column));
    }
}
