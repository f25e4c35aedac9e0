package pointsman.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The best one field order for all rows, by dynamic programming over sets of leading columns.
///
/// What the column at place `j` saves depends on *which* columns stand before it, not on their order. So the best
/// order that begins with the set `T` is the best over its last column `c` of (the best for `T` without `c`) +
/// (what `c` saves after them), and sets are worked off by size. There are `C(m, k)` sets of size `k`; only the
/// most promising few of a size, the *beam*, are kept, so the search is exact while `C(m, m / 2)` is no more than
/// that, and a beam search beyond. A set is promising by what it saved plus a bound of what is left: a column
/// saves at most its key and mean value in every row that still repeats, and at most what it would save as the
/// first of all.
///
/// Only the [#LEADING] columns that would save most as the first of all are tried; in a wider table the rows are
/// told apart long before all of them stand in front.
final class FixedOrderSearch {
    private static final int LEADING = 64;

    private final Cells cells;
    private final int beam;
    private final long[] alone;
    private final double[] mean;
    private final boolean[] unique;
    private final Partition whole;
    /// By column: the rows by this column alone, until the sets of two are made; not in a table with more than
    /// [#LEADING], where they are too many to keep.
    private final @Nullable Partition[] first;
    private int[] leading = {};

    FixedOrderSearch(Cells cells, int beam) {
        this.cells = cells;
        this.beam = beam;
        this.alone = new long[cells.width()];
        this.mean = new double[cells.width()];
        this.unique = new boolean[cells.width()];
        this.whole = Partition.whole(cells.rows());
        this.first = new Partition[cells.width()];
    }

    /// The last column of a non-empty order, and the set without it.
    private record Step(Prefix before, int column) {}

    /// A set of leading columns: how its best order ends, what that saves, and the rows that still repeat.
    private record Prefix(BitSet columns, @Nullable Step last, long saved, Partition partition) {}

    /// The columns in the best order that was found.
    int[] order() {
        var best = new Prefix(new BitSet(), null, 0, whole);
        measure();
        leading = byPromise().limit(LEADING).toArray();
        for (var level = List.of(best); !level.isEmpty(); level = next(level)) {
            for (var prefix : level) {
                best = prefix.saved() > best.saved() ? prefix : best;
            }
        }
        return completed(best);
    }

    private void measure() {
        IntStream.range(0, cells.width()).parallel().forEach(column -> {
            long sum = 0;
            for (int row = 0; row < cells.rows(); row++) {
                sum += cells.value(column, row);
            }
            mean[column] = cells.key(column) + (double) sum / Math.max(1, cells.rows());
            var partition = refined(whole, column);
            alone[column] = gain(whole, partition, column);
            unique[column] = partition.groups() == 0;
            first[column] = cells.width() <= LEADING ? partition : null;
        });
    }

    private List<Prefix> next(List<Prefix> level) {
        var next = List.copyOf(steps(level).entrySet()).parallelStream()
                .map(entry -> best(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble(prefix -> -promise(prefix)))
                .limit(beam)
                .toList();
        Arrays.fill(first, null);
        return next;
    }

    private Map<BitSet, List<Step>> steps(List<Prefix> level) {
        Map<BitSet, List<Step>> steps = new LinkedHashMap<>();
        for (var prefix : level) {
            for (int column : leading) {
                if (prefix.partition().groups() > 0 && !prefix.columns().get(column)) {
                    var columns = (BitSet) prefix.columns().clone();
                    columns.set(column);
                    steps.computeIfAbsent(columns, _ -> new ArrayList<>()).add(new Step(prefix, column));
                }
            }
        }
        return steps;
    }

    /// Of several ways to the same set the one that saves most. Its rows are the same whichever way; the shortest
    /// is taken.
    private Prefix best(BitSet columns, List<Step> ways) {
        var shortest = ways.getFirst();
        for (var way : ways) {
            shortest = way.before().partition().rows().length
                            < shortest.before().partition().rows().length
                    ? way
                    : shortest;
        }
        var partition = refined(shortest.before().partition(), shortest.column());
        var best = shortest;
        for (var way : ways) {
            best = saved(way, partition) > saved(best, partition) ? way : best;
        }
        return new Prefix(columns, best, saved(best, partition), partition);
    }

    private long saved(Step step, Partition after) {
        return step.before().saved() + gain(step.before().partition(), after, step.column());
    }

    private long gain(Partition before, Partition after, int column) {
        return (long) before.repeats() * cells.key(column)
                + after.repeated(cells.codes()[column], cells.weights()[cells.group()[column]]);
    }

    private Partition refined(Partition partition, int column) {
        var known = first[column];
        if (partition.groups() == 1 && partition.rows().length == cells.rows() && known != null) {
            return known;
        }
        if (unique[column]) {
            return Partition.whole(0);
        }
        return partition.refined(cells.codes()[column], new Partition.Scratch(cells, column));
    }

    private double promise(Prefix prefix) {
        double promise = prefix.saved();
        for (int column : leading) {
            if (!prefix.columns().get(column)) {
                promise += Math.min((double) alone[column], prefix.partition().repeats() * mean[column]);
            }
        }
        return promise;
    }

    /// The columns that lead to nothing more come last.
    private int[] completed(Prefix best) {
        var order = new ArrayList<Integer>();
        for (var step = best.last(); step != null; step = step.before().last()) {
            order.addFirst(step.column());
        }
        byPromise().filter(column -> !best.columns().get(column)).forEach(order::add);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /// The columns, those first that would save most as the first of all.
    private IntStream byPromise() {
        return IntStream.range(0, cells.width())
                .boxed()
                .sorted(Comparator.comparingLong(column -> -alone[column]))
                .mapToInt(Integer::intValue);
    }
}
