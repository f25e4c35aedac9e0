package pointsman.plan;

/// Brings rows with equal beginnings together, for one field order of all rows.
///
/// Groups of equal beginnings are split column by column with a counting sort, and left alone once they are of
/// one row; the values within a group come in the order of their first coming, so no value need be compared.
final class RowSort {
    private final int[] rows;
    private final Partition.Scratch scratch;
    private int[] from;
    private int[] to;
    private int groups;

    private RowSort(Cells cells, int[] rows) {
        this.rows = rows;
        this.scratch = new Partition.Scratch(cells);
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
                sort.splitBy(cells.codes()[column]);
            }
        }
        return rows;
    }

    private void splitBy(int[] codes) {
        int[] oldFrom = from;
        int[] oldTo = to;
        int old = groups;
        from = new int[rows.length / 2];
        to = new int[rows.length / 2];
        groups = 0;
        for (int group = 0; group < old; group++) {
            int start = oldFrom[group];
            int end = oldTo[group];
            if (end - start > 2) {
                split(codes, start, end);
            } else if (codes[rows[start]] == codes[rows[start + 1]]) {
                add(start, end);
            }
        }
    }

    private void split(int[] codes, int start, int end) {
        int distinct = scratch.count(rows, start, end, codes);
        int at = start;
        for (int i = 0; i < distinct; i++) {
            int size = scratch.size(i);
            scratch.place(i, at);
            if (size > 1) {
                add(at, at + size);
            }
            at += size;
        }
        int[] sorted = scratch.rows(rows.length);
        scratch.copy(rows, start, end, sorted);
        System.arraycopy(sorted, start, rows, start, end - start);
    }

    private void add(int start, int end) {
        from[groups] = start;
        to[groups++] = end;
    }
}
