package pointsman.plan;

import java.util.Comparator;
import java.util.stream.IntStream;

/// The best one order of *keys* for all rows, where the values of interchangeable columns change places within it.
///
/// In each row the values of a set are arranged by how much they could save at most, the most first: tokens times the
/// rows beyond the first that have them. Values that many rows share so meet at the set's first places, as the
/// items of a frequent-pattern tree do (Han, Pei and Yin, SIGMOD 2000). The arranged table then gets the best fixed
/// order. Every prompt has the same keys in the same order, so it is a fixed order to whoever reads the prompt.
final class ArrangedSets implements Solver {
    @Override
    public Ordering solve(Cells cells) {
        var sources = sources(cells);
        var arranged = arranged(cells, sources);
        var fixed = new FixedOrder().solve(arranged);
        var rows = IntStream.range(0, fixed.size()).map(fixed::row).toArray();
        var fields = IntStream.range(0, rows.length)
                .mapToObj(position -> IntStream.of(fixed.order(position))
                        .map(place -> sources[place][rows[position]])
                        .toArray())
                .toArray(int[][]::new);
        return Ordering.perRow(rows, fields);
    }

    /// By place and row: the column whose value comes to stand there.
    private static int[][] sources(Cells cells) {
        var sources = new int[cells.width()][cells.rows()];
        for (int group = 0; group < cells.keys().length; group++) {
            int number = group;
            int[] members = IntStream.range(0, cells.width())
                    .filter(column -> cells.group()[column] == number)
                    .toArray();
            long[] worth = worth(cells, number, members);
            for (int row = 0; row < cells.rows(); row++) {
                arrange(cells, members, worth, row, sources);
            }
        }
        return sources;
    }

    /// By code: what a value of the set could save at most.
    private static long[] worth(Cells cells, int group, int[] members) {
        var worth = new long[cells.weights()[group].length];
        for (int member : members) {
            for (int code : cells.codes()[member]) {
                worth[code]++;
            }
        }
        for (int code = 0; code < worth.length; code++) {
            worth[code] = (worth[code] - 1) * cells.weights()[group][code];
        }
        return worth;
    }

    private static void arrange(Cells cells, int[] members, long[] worth, int row, int[][] sources) {
        int[] sorted = members.length == 1
                ? members
                : IntStream.of(members)
                        .boxed()
                        .sorted(Comparator.<Integer>comparingLong(member -> -worth[cells.codes()[member][row]])
                                .thenComparingInt(member -> cells.codes()[member][row]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        for (int i = 0; i < members.length; i++) {
            sources[members[i]][row] = sorted[i];
        }
    }

    private static Cells arranged(Cells cells, int[][] sources) {
        var codes = IntStream.range(0, cells.width())
                .mapToObj(place -> IntStream.range(0, cells.rows())
                        .map(row -> cells.codes()[sources[place][row]][row])
                        .toArray())
                .toArray(int[][]::new);
        return new Cells(
                cells.names(), cells.source(), cells.rows(), codes, cells.group(), cells.keys(), cells.weights());
    }
}
