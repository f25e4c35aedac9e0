package pointsman.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Functional dependencies between single columns: equal cells here imply equal cells there. They are found in
/// the data, or declared and checked.
///
/// @param implied by column: the columns that it determines, itself not among them
record Dependencies(int[][] implied) {
    /// Tries every pair of columns; a pair that does not hold is mostly refuted after a few rows.
    static Dependencies of(Cells cells) {
        return new Dependencies(IntStream.range(0, cells.width())
                .parallel()
                .mapToObj(column -> impliedBy(cells, column))
                .toArray(int[][]::new));
    }

    /// Those that were declared, and no others.
    ///
    /// @throws IllegalArgumentException if one names a column that is not sent, or does not hold; the message names
    ///     the first row that breaks it and the row that it contradicts
    static Dependencies declared(Cells cells, List<Dependency> declared) {
        var implied = new int[cells.width()][];
        Arrays.fill(implied, new int[0]);
        for (var dependency : declared) {
            int from = index(cells, dependency.from());
            int[] to = dependency.to().stream()
                    .mapToInt(name -> index(cells, name))
                    .toArray();
            IntStream.of(to).forEach(other -> check(cells, from, other));
            implied[from] = IntStream.concat(IntStream.of(implied[from]), IntStream.of(to))
                    .sorted()
                    .distinct()
                    .toArray();
        }
        return new Dependencies(implied);
    }

    private static int index(Cells cells, String name) {
        int index = cells.names().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "a dependency names the column \"%s\", which is not among %s".formatted(name, cells.names()));
        }
        return index;
    }

    private static void check(Cells cells, int from, int to) {
        int row = firstBreak(cells, from, to);
        if (row < 0) {
            return;
        }
        int[] codes = cells.codes()[from];
        int before = 0;
        while (codes[before] != codes[row]) {
            before++;
        }
        throw new IllegalArgumentException(
                "the dependency %s->%s does not hold: rows %d and %d (from 0) have equal cells in \"%1$s\" but not in \"%2$s\""
                        .formatted(cells.names().get(from), cells.names().get(to), before, row));
    }

    private static int[] impliedBy(Cells cells, int column) {
        if (cells.weights()[cells.group()[column]].length == cells.rows()) {
            return new int[0];
        }
        return IntStream.range(0, cells.width())
                .filter(other -> other != column && holds(cells, column, other))
                .toArray();
    }

    /// Whether equal cells in one column imply equal cells in the other.
    static boolean holds(Cells cells, int from, int to) {
        return firstBreak(cells, from, to) < 0;
    }

    /// The first row whose cell differs from that of an earlier row with the same determining cell, or -1.
    private static int firstBreak(Cells cells, int from, int to) {
        int[] determining = cells.codes()[from];
        int[] determined = cells.codes()[to];
        var seen = new int[cells.weights()[cells.group()[from]].length];
        for (int row = 0; row < determining.length; row++) {
            int expected = seen[determining[row]];
            if (expected == 0) {
                seen[determining[row]] = determined[row] + 1;
            } else if (expected != determined[row] + 1) {
                return row;
            }
        }
        return -1;
    }
}
