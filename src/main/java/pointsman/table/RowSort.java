package pointsman.table;

import java.util.Arrays;

/// Brings rows with equal beginnings together, for one field order of all rows.
///
/// Groups of equal beginnings are split column by column with a counting sort, and left alone once they are of
/// one row; the values within a group come in the order of their first coming, so no value need be compared.
final class RowSort {
    private final Cells cells;
    private final int[] rows;
    private final int[] target;
    private int[] from;
    private int[] to;
    private int groups;

    private RowSort(Cells cells, int[] rows) {
        this.cells = cells;
        this.rows = rows;
        this.target = new int[rows.length];
        this.from = new int[] {0};
        this.to = new int[] {rows.length};
        this.groups = rows.length > 1 ? 1 : 0;
    }

    /// All rows, by the columns of the order.
    static int[] sorted(Cells cells, int[] order) {
        return sorted(cells, order, Ordering.identity(cells.rows()));
    }

    /// These rows, by the columns of the order; the array itself is sorted.
    static int[] sorted(Cells cells, int[] order, int[] rows) {
        var sort = new RowSort(cells, rows);
        for (int column : order) {
            if (sort.groups > 0) {
                sort.splitBy(column);
            }
        }
        return rows;
    }

    private void splitBy(int column) {
        int[] codes = cells.codes()[column];
        var count = new int[cells.weights()[cells.group()[column]].length];
        var newFrom = new int[rows.length / 2 + 1];
        var newTo = new int[rows.length / 2 + 1];
        int found = 0;
        for (int group = 0; group < groups; group++) {
            int[] values = count(codes, count, from[group], to[group]);
            int at = from[group];
            for (int value : values) {
                int size = count[value];
                count[value] = at;
                if (size > 1) {
                    newFrom[found] = at;
                    newTo[found++] = at + size;
                }
                at += size;
            }
            place(codes, count, from[group], to[group]);
        }
        from = newFrom;
        to = newTo;
        groups = found;
    }

    private int[] count(int[] codes, int[] count, int start, int end) {
        var values = new int[end - start];
        int distinct = 0;
        for (int i = start; i < end; i++) {
            int code = codes[rows[i]];
            if (count[code]++ == 0) {
                values[distinct++] = code;
            }
        }
        return Arrays.copyOf(values, distinct);
    }

    private void place(int[] codes, int[] count, int start, int end) {
        for (int i = start; i < end; i++) {
            target[count[codes[rows[i]]]++] = rows[i];
        }
        for (int i = start; i < end; i++) {
            count[codes[rows[i]]] = 0;
        }
        System.arraycopy(target, start, rows, start, end - start);
    }
}
