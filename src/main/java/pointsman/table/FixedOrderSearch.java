package pointsman.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The best one field order for all rows, by dynamic programming over sets of leading columns.
///
/// What the column at place `j` saves depends on *which* columns stand before it, not on their order. So the best
/// order that begins with the set `T` is the best over its last column `c` of (the best for `T` without `c`) +
/// (what `c` saves after them), and sets are worked off by size. There are `C(m, k)` sets of size `k`; only the
/// most promising [#beam] of a size are kept, so the search is exact while `C(m, m / 2)` is no more than the
/// beam, and a beam search beyond. A set is promising by what it saved plus a bound of what is left: a column
/// saves at most its key and mean value in every row that still repeats, and at most what it would save as the
/// first of all.
final class FixedOrderSearch {
    private final Cells cells;
    private final int beam;
    private final long[] alone;
    private final double[] mean;

    FixedOrderSearch(Cells cells, int beam) {
        this.cells = cells;
        this.beam = beam;
        this.alone = new long[cells.width()];
        this.mean = new double[cells.width()];
    }

    /// A set of leading columns, the best order of it that is known, and the rows that still repeat.
    private record State(BitSet columns, List<Integer> order, long saved, Partition partition) {}

    /// The columns in the best order found.
    int[] order() {
        var level = List.of(new State(new BitSet(), List.of(), 0, Partition.whole(cells.rows())));
        measure(level.getFirst().partition());
        var best = level.getFirst();
        while (!level.isEmpty()) {
            for (var state : level) {
                best = state.saved() > best.saved() ? state : best;
            }
            level = next(level);
        }
        return completed(best.order());
    }

    private void measure(Partition whole) {
        IntStream.range(0, cells.width()).parallel().forEach(column -> {
            long sum = 0;
            int[] weights = cells.weights()[cells.group()[column]];
            for (int code : cells.codes()[column]) {
                sum += weights[code];
            }
            mean[column] = cells.rows() == 0 ? 0 : (double) sum / cells.rows();
            var refined = whole.refined(cells.codes()[column], scratch());
            alone[column] =
                    (long) whole.repeats() * cells.key(column) + refined.repeated(cells.codes()[column], weights);
        });
    }

    private Partition.Scratch scratch() {
        return new Partition.Scratch(cells);
    }

    private List<State> next(List<State> level) {
        // candidates: column set -> (predecessor, column)
        Map<BitSet, List<Object[]>> candidates = new HashMap<>();
        var keys = new ArrayList<BitSet>();
        for (var state : level) {
            if (state.partition().groups() == 0) continue;
            for (int column = 0; column < cells.width(); column++) {
                if (state.columns().get(column)) continue;
                var set = (BitSet) state.columns().clone();
                set.set(column);
                candidates
                        .computeIfAbsent(set, k -> {
                            keys.add(k);
                            return new ArrayList<>();
                        })
                        .add(new Object[] {state, column});
            }
        }
        var states =
                keys.parallelStream().map(set -> best(set, candidates.get(set))).toList();
        return states.stream()
                .sorted(Comparator.comparingDouble(s -> -promise(s)))
                .limit(beam)
                .toList();
    }

    private State best(BitSet set, List<Object[]> ways) {
        Object[] smallest = null;
        for (var way : ways)
            if (smallest == null
                    || ((State) way[0]).partition().rows().length
                            < ((State) smallest[0]).partition().rows().length) smallest = way;
        var partition = ((State) smallest[0]).partition().refined(cells.codes()[(int) smallest[1]], scratch());
        State best = null;
        long bv = -1;
        int bc = -1;
        for (var way : ways) {
            var state = (State) way[0];
            int c = (int) way[1];
            long v = state.saved()
                    + (long) state.partition().repeats() * cells.key(c)
                    + partition.repeated(cells.codes()[c], cells.weights()[cells.group()[c]]);
            if (v > bv) {
                bv = v;
                best = state;
                bc = c;
            }
        }
        var order = new ArrayList<>(best.order());
        order.add(bc);
        return new State(set, order, bv, partition);
    }

    private double promise(State s) {
        double p = s.saved();
        for (int c = 0; c < cells.width(); c++)
            if (!s.columns().get(c)) p += Math.min(alone[c], s.partition().repeats() * (cells.key(c) + mean[c]));
        return p;
    }

    private int[] completed(List<Integer> order) {
        var rest = IntStream.range(0, cells.width())
                .filter(c -> !order.contains(c))
                .boxed()
                .sorted(Comparator.comparingInt(c -> -cells.key(c)))
                .toList();
        var all = new ArrayList<>(order);
        all.addAll(rest);
        return all.stream().mapToInt(i -> i).toArray();
    }
}
