package pointsman.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Reads an ordering off the choices of a [SplitSearch].
final class SplitOrdering {
    private final Cells cells;
    private final SplitSearch search;
    private final int[] byKey;
    private final int[] rows;
    private final int[][] fields;
    private int emitted;

    SplitOrdering(Cells cells, SplitSearch search) {
        this.cells = cells;
        this.search = search;
        this.rows = new int[cells.rows()];
        this.fields = new int[cells.rows()][];
        this.byKey = IntStream.range(0, cells.width())
                .boxed()
                .sorted(Comparator.comparingInt(column -> -cells.key(column)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    Ordering ordering() {
        group(Ordering.identity(cells.rows()), new int[0]);
        return Ordering.perRow(rows, fields);
    }

    private void group(int[] members, int[] above) {
        if (members.length < 2) {
            emit(members, concatenated(above, left(above)));
            return;
        }
        int[] front = concatenated(above, constant(members, above));
        int column = search.choice(members, marked(front));
        if (column < 0) {
            emit(members, concatenated(front, left(front)));
            return;
        }
        int[] codes = cells.codes()[column];
        int[] longer = concatenated(front, new int[] {column});
        int[] sorted = RowSort.sorted(cells, new int[] {column}, members);
        for (int from = 0, to = 0; from < sorted.length; from = to) {
            while (to < sorted.length && codes[sorted[to]] == codes[sorted[from]]) {
                to++;
            }
            group(Arrays.copyOfRange(sorted, from, to), longer);
        }
    }

    private int[] constant(int[] members, int[] above) {
        return IntStream.of(left(above))
                .filter(column -> IntStream.of(members)
                        .allMatch(row -> cells.codes()[column][row] == cells.codes()[column][members[0]]))
                .toArray();
    }

    /// The columns that are left, the longest key first: rows that part still share it.
    private int[] left(int[] front) {
        boolean[] gone = marked(front);
        return IntStream.of(byKey).filter(column -> !gone[column]).toArray();
    }

    private boolean[] marked(int[] columns) {
        var marked = new boolean[cells.width()];
        for (int column : columns) {
            marked[column] = true;
        }
        return marked;
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
}
