package pointsman.plan;

import java.util.stream.IntStream;

/// Bounds what any ordering can save.
///
/// In an ordering each row but the first shares at most what it has in common with its nearest other row, and one
/// key. The mean over a sample of rows, each held against all others, estimates the mean over all.
record UpperBound(Cells cells) {
    private static final int SAMPLE = 200;

    /// The bound as a share of all tokens, from 0 to 1.
    double estimate() {
        int rows = cells.rows();
        if (rows < 2) {
            return 0;
        }
        var items = Items.of(cells);
        int sample = Math.min(SAMPLE, rows);
        var chosen = IntStream.range(0, sample).map(i -> (int) ((long) i * rows / sample));
        long[] sums = chosen.parallel()
                .mapToObj(row -> new long[] {nearest(items, row), cells.tokens(row)})
                .reduce(new long[2], (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
        return Math.min(1, (double) sums[0] / sums[1]);
    }

    private long nearest(Items items, int row) {
        var has = new boolean[items.count()];
        for (int i = items.start()[row]; i < items.start()[row + 1]; i++) {
            has[items.items()[i]] = true;
        }
        long nearest = 0;
        for (int other = 0; other < items.rows(); other++) {
            if (other != row) {
                nearest = Math.max(nearest, common(items, has, other));
            }
        }
        return Math.min(
                cells.tokens(row), nearest + IntStream.of(cells.keys()).max().orElse(0));
    }

    private static long common(Items items, boolean[] has, int row) {
        long common = 0;
        for (int i = items.start()[row]; i < items.start()[row + 1]; i++) {
            int item = items.items()[i];
            common += has[item] ? items.weight()[item] : 0;
        }
        return common;
    }
}
