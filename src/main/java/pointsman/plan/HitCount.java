package pointsman.plan;

import java.util.stream.IntStream;

/// The judge: how many tokens of an ordering a prefix cache saves, counted cell by cell and exactly.
///
/// A row hits the leading cells that equal the previous row's at the same position, keys included, and the key of
/// the first differing cell where both have the same one. In a depth-first order of the trie of all rows this is
/// also what an unlimited cache of every earlier row saves.
record HitCount(Cells cells) {
    private static final int CHUNK = 1 << 14;

    /// The tokens that hit, of all rows.
    long hits(Ordering ordering) {
        return IntStream.range(0, Math.ceilDiv(ordering.size(), CHUNK))
                .parallel()
                .mapToLong(chunk -> hits(ordering, chunk * CHUNK, Math.min(ordering.size(), (chunk + 1) * CHUNK)))
                .sum();
    }

    private long hits(Ordering ordering, int from, int to) {
        if (ordering.fieldOrders() == 1) {
            return hitsOfOneOrder(ordering.rows(), ordering.order(from), Math.max(1, from), to);
        }
        long hits = 0;
        for (int position = from; position < to; position++) {
            hits += shared(ordering, position);
        }
        return hits;
    }

    /// The same where all rows have one field order, column by column: the next look-up need not wait for the last
    /// then, which makes it several times as fast in a table that outgrows the caches.
    private long hitsOfOneOrder(int[] rows, int[] order, int from, int to) {
        int[] equal = IntStream.range(from, to).toArray();
        int count = equal.length;
        long hits = 0;
        for (int column : order) {
            hits += (long) count * cells.key(column);
            int[] codes = cells.codes()[column];
            int[] weights = cells.weights()[cells.group()[column]];
            int kept = 0;
            for (int i = 0; i < count; i++) {
                int code = codes[rows[equal[i]]];
                if (code == codes[rows[equal[i] - 1]]) {
                    hits += weights[code];
                    equal[kept++] = equal[i];
                }
            }
            count = kept;
        }
        return hits;
    }

    /// How many leading cells the row at a position shares with the row before it; 0 for the first.
    int sharedCells(Ordering ordering, int position) {
        if (position == 0) {
            return 0;
        }
        int row = ordering.row(position);
        int before = ordering.row(position - 1);
        int[] order = ordering.order(position);
        int[] orderBefore = ordering.order(position - 1);
        int count = 0;
        while (count < order.length && equal(order[count], row, orderBefore[count], before)) {
            count++;
        }
        return count;
    }

    /// The tokens that the row at a position shares with the beginning of the row before it; 0 for the first.
    int shared(Ordering ordering, int position) {
        if (position == 0) {
            return 0;
        }
        int[] order = ordering.order(position);
        int count = sharedCells(ordering, position);
        int row = ordering.row(position);
        int tokens = 0;
        for (int i = 0; i < count; i++) {
            tokens += cells.key(order[i]) + cells.value(order[i], row);
        }
        if (count < order.length && sameKey(order[count], ordering.order(position - 1)[count])) {
            tokens += cells.key(order[count]);
        }
        return tokens;
    }

    /// The tokens that hit, by column; a key counts for the column that it belongs to.
    long[] byColumn(Ordering ordering) {
        var hits = new long[cells.width()];
        for (int position = 1; position < ordering.size(); position++) {
            int left = shared(ordering, position);
            for (int column : ordering.order(position)) {
                int weight = Math.min(left, cells.key(column) + cells.value(column, ordering.row(position)));
                hits[column] += weight;
                left -= weight;
            }
        }
        return hits;
    }

    private boolean equal(int column, int row, int columnBefore, int rowBefore) {
        return sameKey(column, columnBefore) && cells.codes()[column][row] == cells.codes()[columnBefore][rowBefore];
    }

    private boolean sameKey(int column, int other) {
        return cells.group()[column] == cells.group()[other];
    }
}
