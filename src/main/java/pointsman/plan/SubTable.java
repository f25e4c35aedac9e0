package pointsman.plan;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rows of one step of [Ggr] that are left, and the values of its columns, best score first.
///
/// A score only falls while rows are taken away. So the heap need not follow: a maximum that turns out to be
/// stale goes back with its new score, and the first one that is not stale is the true maximum.
final class SubTable {
    /// From so many rows on, the columns are counted side by side.
    private static final int LARGE = 1_000;

    private final Cells cells;
    private final int[] members;
    private final boolean[] taken;
    private final @Nullable Value[][] values;
    private final PriorityQueue<Value> heap = new PriorityQueue<>();
    private int left;

    /// How much the length of a value of a column counts, given a row that has it.
    @FunctionalInterface
    interface Length {
        double of(int column, int row);
    }

    SubTable(Cells cells, int[] members, int[] columns, Length length, Partition.Scratch scratch) {
        this.cells = cells;
        this.members = members;
        this.taken = new boolean[members.length];
        this.left = members.length;
        this.values = new Value[columns.length][];
        var numbers = IntStream.range(0, columns.length);
        if (members.length < LARGE) {
            numbers.forEach(i -> values[i] = values(columns[i], length, scratch));
        } else {
            numbers.parallel()
                    .forEach(i -> values[i] = values(columns[i], length, new Partition.Scratch(cells, columns[i])));
        }
        for (var column : values) {
            enqueue(column);
        }
    }

    /// A value that two rows or more have: its column, its rows as places in `members`, and how many of them are
    /// left.
    static final class Value implements Comparable<Value> {
        final int column;
        private final int[] places;
        private final double length;
        private int left;
        private double score;

        private Value(int column, int[] places, double length) {
            this.column = column;
            this.places = places;
            this.length = length;
            this.left = places.length;
            this.score = currentScore();
        }

        double score() {
            return score;
        }

        private double currentScore() {
            return length * (left - 1);
        }

        @Override
        public int compareTo(Value other) {
            int byScore = Double.compare(other.score, score);
            return byScore != 0 ? byScore : Integer.compare(column, other.column);
        }
    }

    /// The value of the highest score, or null if no value is left in two rows.
    @Nullable
    Value best() {
        for (var value = heap.poll(); value != null; value = heap.poll()) {
            if (value.left < 2) {
                continue;
            }
            if (value.score == value.currentScore()) {
                return value;
            }
            value.score = value.currentScore();
            heap.add(value);
        }
        return null;
    }

    /// Takes the rows of a value away and returns them.
    int[] take(Value value) {
        var rows = new int[value.left];
        int count = 0;
        for (int place : value.places) {
            if (!taken[place]) {
                rows[count++] = members[place];
                take(place);
            }
        }
        return rows;
    }

    /// The rows that no value has taken.
    int[] left() {
        var rows = new int[left];
        int count = 0;
        for (int place = 0; place < members.length; place++) {
            if (!taken[place]) {
                rows[count++] = members[place];
            }
        }
        return rows;
    }

    private void take(int place) {
        taken[place] = true;
        left--;
        for (var column : values) {
            var value = column[place];
            if (value != null) {
                value.left--;
            }
        }
    }

    /// By place the value that the row has in a column, if another row has it too.
    private @Nullable Value[] values(int column, Length length, Partition.Scratch scratch) {
        var values = new @Nullable Value[members.length];
        int[] all = cells.codes()[column];
        var codes = new int[members.length];
        for (int place = 0; place < codes.length; place++) {
            codes[place] = all[members[place]];
        }
        var groups = Partition.whole(members.length).refined(codes, scratch);
        for (int group = 0; group < groups.groups(); group++) {
            int[] places = Arrays.copyOfRange(groups.rows(), groups.start(group), groups.ends()[group]);
            var value = new Value(column, places, length.of(column, members[places[0]]));
            for (int place : places) {
                values[place] = value;
            }
        }
        return values;
    }

    private void enqueue(@Nullable Value[] column) {
        for (int place = 0; place < column.length; place++) {
            var value = column[place];
            if (value != null && value.places[0] == place) {
                heap.add(value);
            }
        }
    }
}
