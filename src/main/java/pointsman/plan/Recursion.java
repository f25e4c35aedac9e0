package pointsman.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinTask;

/// One run of [Ggr] over one table.
///
/// A group's rows come right after those of the groups that were taken before it, so where it is to be written is
/// known when it is taken, and large groups are worked off side by side.
final class Recursion {
    private static final int[] NONE = {};
    private static final int LARGE = 1_000;

    private final Cells cells;
    private final Ggr.Stop stop;
    private final Ggr.Lengths lengths;
    private final int[][] implied;
    private final int[] byStatistics;
    private final int[] rows;
    private final int[][] fields;

    Recursion(Cells cells, Ggr.Stop stop, Ggr.Lengths lengths, Dependencies dependencies) {
        this.cells = cells;
        this.stop = stop;
        this.lengths = lengths;
        this.implied = dependencies.implied();
        this.byStatistics = ColumnStatistics.order(cells);
        this.rows = new int[cells.rows()];
        this.fields = new int[cells.rows()][];
    }

    Ordering ordering() {
        var all = new Group(0, Ordering.identity(cells.rows()), NONE, Ordering.identity(cells.width()), 0);
        order(all, new Partition.Scratch(cells));
        return Ordering.perRow(rows, fields);
    }

    /// Rows that stand together.
    ///
    /// @param at the position of the first of them
    /// @param front the columns in front, in which all agree
    /// @param columns the others
    /// @param depth how often a column was chosen so far
    private record Group(int at, int[] members, int[] front, int[] columns, int depth) {}

    private void order(Group group, Partition.Scratch scratch) {
        int[] members = group.members();
        if (members.length < 2 || group.columns().length == 0) {
            emit(group.at(), members, concatenated(group.front(), group.columns()));
        } else if (members.length == 2) {
            pair(group);
        } else if (group.depth() >= stop.columnDepth()) {
            fallBack(group.at(), members, group);
        } else {
            recurse(group, scratch);
        }
    }

    /// Of two rows the recursion would take every column in which they agree, one after the other.
    private void pair(Group group) {
        int first = group.members()[0];
        int second = group.members()[1];
        boolean[] agree = new boolean[cells.width()];
        for (int column : group.columns()) {
            agree[column] = cells.codes()[column][first] == cells.codes()[column][second];
        }
        int[] front = concatenated(group.front(), filtered(group.columns(), agree, true));
        int[] rest = byStatistics(filtered(group.columns(), agree, false));
        emit(group.at(), group.members(), concatenated(front, rest));
    }

    private void recurse(Group group, Partition.Scratch scratch) {
        boolean[] left = marked(group.columns());
        var table = new SubTable(
                cells, group.members(), group.columns(), (column, row) -> length(column, row, left), scratch);
        List<ForkJoinTask<?>> aside = new ArrayList<>();
        int at = group.at();
        for (int depth = 0; depth < stop.rowDepth(); depth++) {
            var best = table.best();
            if (best == null) {
                emit(at, table.left(), concatenated(group.front(), byStatistics(group.columns())));
                aside.forEach(ForkJoinTask::join);
                return;
            }
            if (best.score() < stop.minScore()) {
                break;
            }
            var taken = taken(at, table.take(best), best.column, left, group);
            at += taken.members().length;
            if (taken.members().length < LARGE) {
                order(taken, scratch);
            } else {
                aside.add(ForkJoinTask.adapt(() -> order(taken, new Partition.Scratch(cells)))
                        .fork());
            }
        }
        fallBack(at, table.left(), group);
        aside.forEach(ForkJoinTask::join);
    }

    private Group taken(int at, int[] members, int column, boolean[] left, Group from) {
        boolean[] brought = new boolean[left.length];
        brought[column] = true;
        for (int other : implied[column]) {
            brought[other] = left[other];
        }
        int[] others = filtered(from.columns(), brought, false);
        brought[column] = false;
        int[] front =
                concatenated(concatenated(from.front(), new int[] {column}), filtered(implied[column], brought, true));
        return new Group(at, members, front, others, from.depth() + 1);
    }

    /// How much a value counts, of which this is a row: its own length, and the mean length of the cells that it brings
    /// along. As a dependency holds, these are all the same as in this row.
    private double length(int column, int row, boolean[] left) {
        double length = lengths.of(cells.value(column, row));
        for (int other : implied[column]) {
            length += left[other] ? lengths.of(cells.value(other, row)) : 0;
        }
        return length;
    }

    /// The paper's way to go on where the recursion stops: one field order by the columns' statistics, rows
    /// sorted by it.
    private void fallBack(int at, int[] members, Group group) {
        int[] order = byStatistics(group.columns());
        emit(at, RowSort.sorted(cells, order, members), concatenated(group.front(), order));
    }

    private int[] byStatistics(int[] columns) {
        return filtered(byStatistics, marked(columns), true);
    }

    private void emit(int at, int[] members, int[] order) {
        System.arraycopy(members, 0, rows, at, members.length);
        Arrays.fill(fields, at, at + members.length, order);
    }

    private boolean[] marked(int[] columns) {
        var marked = new boolean[cells.width()];
        for (int column : columns) {
            marked[column] = true;
        }
        return marked;
    }

    private static int[] filtered(int[] columns, boolean[] marked, boolean wanted) {
        var filtered = new int[columns.length];
        int count = 0;
        for (int column : columns) {
            if (marked[column] == wanted) {
                filtered[count++] = column;
            }
        }
        return Arrays.copyOf(filtered, count);
    }

    private static int[] concatenated(int[] front, int[] back) {
        return PrefixTree.concatenated(front, back);
    }
}
