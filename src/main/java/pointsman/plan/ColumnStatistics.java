package pointsman.plan;

import java.util.Comparator;
import java.util.stream.IntStream;

/// The field order that the GGR paper falls back to: by what a column is expected to save, from its statistics
/// alone.
final class ColumnStatistics implements Solver {
    @Override
    public Ordering solve(Cells cells) {
        int[] order = order(cells);
        return Ordering.fixed(RowSort.sorted(cells, order), order);
    }

    /// The columns, by (mean length)^2 x (rows per distinct value - 1), the highest first.
    static int[] order(Cells cells) {
        var score = IntStream.range(0, cells.width())
                .parallel()
                .mapToDouble(column -> score(cells, column))
                .toArray();
        return IntStream.range(0, cells.width())
                .boxed()
                .sorted(Comparator.comparingDouble(column -> -score[column]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double score(Cells cells, int column) {
        int[] weights = cells.weights()[cells.group()[column]];
        var seen = new boolean[weights.length];
        long length = 0;
        int distinct = 0;
        for (int code : cells.codes()[column]) {
            length += weights[code];
            distinct += seen[code] ? 0 : 1;
            seen[code] = true;
        }
        double mean = cells.key(column) + (double) length / cells.rows();
        return mean * mean * ((double) cells.rows() / distinct - 1);
    }
}
