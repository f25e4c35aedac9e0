package pointsman.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The optimum, by trying everything: the slow and obvious version.
///
/// Every row starts with one of its columns that are left; the rows with the same cell there form a group, whose
/// rows do the same with the columns that they have left. The best is taken over all ways to choose. Rows of one
/// group have used up the same columns, so a group is known by its rows and its used columns.
final class BruteForce {
    private final Cells cells;
    private final Map<Long, Long> known = new HashMap<>();

    BruteForce(Cells cells) {
        this.cells = cells;
    }

    /// The most tokens that any ordering hits, keys of differing cells aside.
    static long hits(Cells cells) {
        return new BruteForce(cells).best((1 << cells.rows()) - 1, 0);
    }

    /// What the rows of the bit set save beyond the used columns.
    private long best(int rows, int used) {
        if (Integer.bitCount(rows) < 2) {
            return 0;
        }
        long key = (long) rows << 32 | used;
        var before = known.get(key);
        if (before != null) {
            return before;
        }
        int lowest = Integer.lowestOneBit(rows);
        // The lowest row goes alone, or into a group (column, its value) with any of the other rows that have the
        // value.
        long best = best(rows & ~lowest, used);
        int row = Integer.numberOfTrailingZeros(lowest);
        for (int column = 0; column < cells.width(); column++) {
            if ((used >> column & 1) == 0) {
                best = Math.max(best, withGroup(rows, used, lowest, row, column));
            }
        }
        known.put(key, best);
        return best;
    }

    private long withGroup(int rows, int used, int lowest, int row, int column) {
        int same = 0;
        for (int other = 0; other < cells.rows(); other++) {
            if ((rows >> other & 1) == 1 && cells.codes()[column][other] == cells.codes()[column][row]) {
                same |= 1 << other;
            }
        }
        int others = same & ~lowest;
        long best = 0;
        for (int subset = others; subset != 0; subset = (subset - 1) & others) {
            int group = subset | lowest;
            long saved = (long) (Integer.bitCount(group) - 1) * (cells.key(column) + cells.value(column, row));
            best = Math.max(best, saved + best(group, used | 1 << column) + best(rows & ~group, used));
        }
        return best;
    }

    /// OPHR of the GGR paper: the same, but a group always takes all rows that have its value.
    static long ophr(Cells cells) {
        return new BruteForce(cells).ophr((1 << cells.rows()) - 1, 0);
    }

    private long ophr(int rows, int used) {
        if (Integer.bitCount(rows) < 2) {
            return 0;
        }
        long key = (long) rows << 32 | used;
        var before = known.get(key);
        if (before != null) {
            return before;
        }
        long best = 0;
        for (int column = 0; column < cells.width(); column++) {
            for (int value = 0;
                    value < cells.weights()[cells.group()[column]].length && (used >> column & 1) == 0;
                    value++) {
                best = Math.max(best, withAll(rows, used, column, value));
            }
        }
        known.put(key, best);
        return best;
    }

    private long withAll(int rows, int used, int column, int value) {
        int group = 0;
        for (int row = 0; row < cells.rows(); row++) {
            group |= (rows >> row & 1) == 1 && cells.codes()[column][row] == value ? 1 << row : 0;
        }
        if (Integer.bitCount(group) < 2) {
            return 0;
        }
        long saved = (long) (Integer.bitCount(group) - 1)
                * (cells.key(column) + cells.weights()[cells.group()[column]][value]);
        return saved + ophr(group, used | 1 << column) + ophr(rows & ~group, used);
    }

    static int[] permutation(int size, long number) {
        var left = new java.util.ArrayList<>(
                Arrays.stream(Ordering.identity(size)).boxed().toList());
        var permutation = new int[size];
        for (int i = 0; i < size; i++) {
            int place = (int) (number % left.size());
            permutation[i] = left.get(place);
            left.subList(place, place + 1).clear();
            number /= size - i;
        }
        return permutation;
    }
}
