package pointsman.table;

/// The judge: how many tokens of an ordering a prefix cache saves, counted cell by cell and exactly.
///
/// A row hits the leading cells that equal the previous row's at the same position, keys included, and the key of
/// the first differing cell where both have the same one. In a depth-first order of the trie of all rows this is
/// also what an unlimited cache of every earlier row saves.
record HitCount(Cells cells) {
    /// The tokens that hit, of all rows.
    long hits(Ordering ordering) {
        long hits = 0;
        for (int position = 1; position < ordering.size(); position++) {
            hits += shared(ordering, position);
        }
        return hits;
    }

    /// The tokens that the row at a position shares with the beginning of the row before it; 0 for the first.
    int shared(Ordering ordering, int position) {
        if (position == 0) {
            return 0;
        }
        int row = ordering.row(position);
        int before = ordering.row(position - 1);
        int[] order = ordering.order(position);
        int[] orderBefore = ordering.order(position - 1);
        int shared = 0;
        for (int i = 0; i < order.length; i++) {
            int group = cells.group()[order[i]];
            if (group != cells.group()[orderBefore[i]]) {
                return shared;
            }
            shared += cells.keys()[group];
            int code = cells.codes()[order[i]][row];
            if (code != cells.codes()[orderBefore[i]][before]) {
                return shared;
            }
            shared += cells.weights()[group][code];
        }
        return shared;
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
}
