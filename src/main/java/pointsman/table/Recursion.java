package pointsman.table;

import java.util.Arrays;
import java.util.stream.IntStream;

/// One run of [Ggr] over one table.
final class Recursion {
    private static final int[] NONE = {};

    private final Cells cells;
    private final Ggr.Stop stop;
    private final Ggr.Lengths lengths;
    private final int[][] implied;
    private final int[] byStatistics;
    private final Partition.Scratch scratch;
    private final int[] rows;
    private final int[][] fields;
    private int emitted;

    Recursion(Cells cells, Ggr.Stop stop, Ggr.Lengths lengths, Dependencies dependencies) {
        this.cells = cells;
        this.stop = stop;
        this.lengths = lengths;
        this.implied = dependencies.implied();
        this.byStatistics = ColumnStatistics.order(cells);
        this.scratch = new Partition.Scratch(cells);
        this.rows = new int[cells.rows()];
        this.fields = new int[cells.rows()][];
    }

    Ordering ordering() {
        group(Ordering.identity(cells.rows()), NONE, Ordering.identity(cells.width()), 0);
        return Ordering.perRow(rows, fields);
    }

    private void group(int[] members, int[] front, int[] columns, int columnDepth) {
        if (members.length < 2 || columns.length == 0) {
            emit(members, concatenated(front, columns));
        } else if (members.length == 2) {
            pair(members, front, columns);
        } else if (columnDepth >= stop.columnDepth()) {
            fallBack(members, front, columns);
        } else {
            recurse(members, front, columns, columnDepth);
        }
    }

    /// Of two rows the recursion would take every column in which they agree, one after the other.
    private void pair(int[] members, int[] front, int[] columns) {
        int[] equal = IntStream.of(columns)
                .filter(column -> cells.codes()[column][members[0]] == cells.codes()[column][members[1]])
                .toArray();
        emit(members, concatenated(concatenated(front, equal), byStatistics(without(columns, equal))));
    }

    private void recurse(int[] members, int[] front, int[] columns, int columnDepth) {
        boolean[] left = left(columns);
        var table = new SubTable(cells, members, columns, (c, places, of) -> length(c, places, of, left), scratch);
        for (int depth = 0; depth < stop.rowDepth(); depth++) {
            var best = table.best();
            if (best == null) {
                emit(table.left(), concatenated(front, byStatistics(columns)));
                return;
            }
            if (best.score() < stop.minScore()) {
                break;
            }
            int[] brought = brought(best.column, left);
            group(table.take(best), concatenated(front, brought), without(columns, brought), columnDepth + 1);
        }
        fallBack(table.left(), front, columns);
    }

    /// A value's length, and the mean length of what it brings along.
    private double length(int column, int[] places, int[] members, boolean[] left) {
        double length = lengths.of(cells.value(column, members[places[0]]));
        for (int other : brought(column, left)) {
            if (other != column) {
                length += lengths.of(Arrays.stream(places)
                        .mapToDouble(p -> cells.value(other, members[p]))
                        .average()
                        .orElse(0));
            }
        }
        return length;
    }

    private int[] brought(int column, boolean[] left) {
        var implies = IntStream.of(implied[column]).filter(other -> left[other]);
        return IntStream.concat(IntStream.of(column), implies).toArray();
    }

    private boolean[] left(int[] columns) {
        var left = new boolean[cells.width()];
        for (int column : columns) {
            left[column] = true;
        }
        return left;
    }

    /// The paper's way to go on where the recursion stops: one field order by the columns' statistics, rows
    /// sorted by it.
    private void fallBack(int[] members, int[] front, int[] columns) {
        int[] order = byStatistics(columns);
        emit(RowSort.sorted(cells, order, members), concatenated(front, order));
    }

    private int[] byStatistics(int[] columns) {
        boolean[] left = left(columns);
        return IntStream.of(byStatistics).filter(column -> left[column]).toArray();
    }

    private void emit(int[] members, int[] order) {
        for (int row : members) {
            rows[emitted] = row;
            fields[emitted++] = order;
        }
    }

    private static int[] concatenated(int[] front, int[] back) {
        return IntStream.concat(IntStream.of(front), IntStream.of(back)).toArray();
    }

    private int[] without(int[] columns, int[] removed) {
        boolean[] gone = left(removed);
        return IntStream.of(columns).filter(column -> !gone[column]).toArray();
    }
}
