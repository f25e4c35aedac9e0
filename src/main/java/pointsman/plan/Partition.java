package pointsman.plan;

import java.util.Arrays;
import java.util.stream.IntStream;

/// The rows of a table in groups of equal beginnings: what is left to gain once some columns stand in front.
///
/// Only groups of two rows or more are kept; a row that is alone can hit nothing further. Refining by a column
/// takes one counting sort, so its cost is the number of rows that are still in company.
///
/// @param rows the rows, group by group
/// @param ends where each group ends in `rows`
record Partition(int[] rows, int[] ends) {
    /// All rows in one group.
    static Partition whole(int rows) {
        return rows < 2
                ? new Partition(new int[0], new int[0])
                : new Partition(Ordering.identity(rows), new int[] {rows});
    }

    int groups() {
        return ends.length;
    }

    int start(int group) {
        return group == 0 ? 0 : ends[group - 1];
    }

    /// How many rows repeat their group's beginning: all but one of each group.
    int repeats() {
        return rows.length - ends.length;
    }

    /// The sum over all groups of (rows - 1) x the weight of the group's value in a column.
    long repeated(int[] codes, int[] weights) {
        long sum = 0;
        for (int group = 0, from = 0; group < ends.length; from = ends[group++]) {
            sum += (long) (ends[group] - from - 1) * weights[codes[rows[from]]];
        }
        return sum;
    }

    /// Splits every group by the values of a column.
    Partition refined(int[] codes, Scratch scratch) {
        int[] newRows = scratch.rows(rows.length);
        int[] newEnds = scratch.ends(rows.length / 2);
        int kept = 0;
        int groups = 0;
        for (int group = 0, from = 0; group < ends.length; from = ends[group++]) {
            if (ends[group] - from == 2) {
                if (codes[rows[from]] == codes[rows[from + 1]]) {
                    newRows[kept++] = rows[from];
                    newRows[kept++] = rows[from + 1];
                    newEnds[groups++] = kept;
                }
                continue;
            }
            int distinct = scratch.count(rows, from, ends[group], codes);
            for (int i = 0; i < distinct; i++) {
                int size = scratch.size(i);
                scratch.place(i, size > 1 ? kept : Scratch.NOWHERE);
                if (size > 1) {
                    kept += size;
                    newEnds[groups++] = kept;
                }
            }
            scratch.copy(rows, from, ends[group], newRows);
        }
        return new Partition(Arrays.copyOf(newRows, kept), Arrays.copyOf(newEnds, groups));
    }

    /// The working memory of counting sorts by one thread: first [#count] a group, then [#place] each of its values,
    /// then [#copy] its rows there.
    static final class Scratch {
        static final int NOWHERE = -1;

        private final int[] counts;
        private int[] values = new int[64];
        private int[] found = new int[64];
        private int[] rows = new int[0];
        private int[] ends = new int[0];

        /// Memory for splitting by any column.
        Scratch(Cells cells) {
            this(IntStream.of(cells.group())
                    .map(group -> cells.weights()[group].length)
                    .max()
                    .orElse(0));
        }

        /// Memory for splitting by one column.
        Scratch(Cells cells, int column) {
            this(cells.weights()[cells.group()[column]].length);
        }

        private Scratch(int values) {
            counts = new int[values];
        }

        /// A place for so many rows.
        int[] rows(int size) {
            rows = rows.length < size ? new int[size] : rows;
            return rows;
        }

        private int[] ends(int size) {
            ends = ends.length < size ? new int[size] : ends;
            return ends;
        }

        /// Counts the values of a group, and returns how many there are; they are numbered in the order of their first
        /// coming.
        int count(int[] source, int from, int to, int[] codes) {
            found = found.length < to - from ? new int[to - from] : found;
            int distinct = 0;
            for (int i = from; i < to; i++) {
                int code = codes[source[i]];
                found[i - from] = code;
                if (counts[code]++ == 0) {
                    if (distinct == values.length) {
                        values = Arrays.copyOf(values, distinct * 2);
                    }
                    values[distinct++] = code;
                }
            }
            return distinct;
        }

        /// How many rows of the group have its i-th value.
        int size(int i) {
            return counts[values[i]];
        }

        /// Says where the first row with the i-th value goes, or [#NOWHERE].
        void place(int i, int at) {
            counts[values[i]] = at;
        }

        void copy(int[] source, int from, int to, int[] target) {
            for (int i = from; i < to; i++) {
                int code = found[i - from];
                if (counts[code] >= 0) {
                    target[counts[code]++] = source[i];
                }
            }
            for (int i = 0; i < to - from; i++) {
                counts[found[i]] = 0;
            }
        }
    }
}
