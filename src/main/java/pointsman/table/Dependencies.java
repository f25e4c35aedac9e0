package pointsman.table;

import java.util.stream.IntStream;

/// The functional dependencies between single columns that hold in the data: equal cells here imply equal cells
/// there.
///
/// @param implied by column: the columns that it determines, itself not among them
@SuppressWarnings("ArrayRecordComponent") // big, shared, and never compared
record Dependencies(int[][] implied) {
    /// Tries every pair of columns; a pair that does not hold is mostly refuted after a few rows.
    static Dependencies of(Cells cells) {
        return new Dependencies(IntStream.range(0, cells.width())
                .parallel()
                .mapToObj(column -> impliedBy(cells, column))
                .toArray(int[][]::new));
    }

    private static int[] impliedBy(Cells cells, int column) {
        int distinct = cells.weights()[cells.group()[column]].length;
        if (distinct == cells.rows()) {
            return new int[0];
        }
        return IntStream.range(0, cells.width())
                .filter(other -> other != column && holds(cells.codes()[column], cells.codes()[other], distinct))
                .toArray();
    }

    private static boolean holds(int[] from, int[] to, int distinct) {
        var seen = new int[distinct];
        for (int row = 0; row < from.length; row++) {
            int expected = seen[from[row]];
            if (expected == 0) {
                seen[from[row]] = to[row] + 1;
            } else if (expected != to[row] + 1) {
                return false;
            }
        }
        return true;
    }
}
