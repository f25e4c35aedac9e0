package pointsman.plan;

import java.util.stream.IntStream;
import pointsman.cache.LaneCuts;

/// Cuts a plan into contiguous pieces where little is shared, improves each by itself, side by side, and then the
/// whole.
///
/// A row's best company is mostly near it already, so little is lost while pieces do not see each other, and what
/// is lost the search of the whole wins back. Two things are gained: pieces can have a core each, and a tree that
/// fits into a core's cache is searched about twice as fast. The pieces are as many on every machine, so that plans
/// are equal. A large table has more of them, so that what the trees of two take in memory stays bounded, and is
/// not searched as a whole.
final class PieceSearch implements Solver {
    private static final int PIECES = 4;
    private static final int LEAST_ROWS = 10_000;
    private static final int PIECE_CELLS = 1_000_000;

    private final Ordering start;
    private final SearchBudget budget;
    private final long seed;

    PieceSearch(Ordering start, SearchBudget budget, long seed) {
        this.start = start;
        this.budget = budget;
        this.seed = seed;
    }

    @Override
    public Ordering solve(Cells cells) {
        if (cells.rows() < LEAST_ROWS) {
            return new TreeSearch(start, budget, seed).solve(cells);
        }
        int enough = Math.toIntExact((long) cells.rows() * cells.width() / PIECE_CELLS);
        if (enough > PIECES) {
            return piecewise(cells, enough, 1);
        }
        long rest = budget.steps() / 3;
        var improved = piecewise(cells, PIECES, 2 / 3.0);
        return new TreeSearch(improved, budget.part(rest, budget.nanos()), seed).solve(cells);
    }

    /// The start, improved piece by piece within this share of the budget.
    private Ordering piecewise(Cells cells, int pieces, double share) {
        int[] cuts = cuts(cells, pieces);
        int turns = Math.ceilDiv(cuts.length, Runtime.getRuntime().availableProcessors());
        long steps = (long) (budget.steps() * share / cuts.length);
        long nanos = (long) (budget.nanos() * share / turns);
        return Ordering.joined(IntStream.range(0, cuts.length)
                .parallel()
                .mapToObj(piece -> {
                    int end = piece + 1 < cuts.length ? cuts[piece + 1] : start.size();
                    return improved(cells, start.piece(cuts[piece], end), budget.part(steps, nanos));
                })
                .toList());
    }

    private int[] cuts(Cells cells, int pieces) {
        var count = new HitCount(cells);
        var positions = IntStream.range(0, start.size());
        int[] shared = positions
                .parallel()
                .map(position -> count.shared(start, position))
                .toArray();
        int[] sizes = IntStream.range(0, start.size()).map(_ -> 1).toArray();
        return new LaneCuts(shared, sizes).starts(pieces);
    }

    private Ordering improved(Cells cells, Ordering piece, SearchBudget some) {
        return new TreeSearch(piece.renumbered(), some, seed)
                .solve(cells.select(piece.rows()))
                .of(piece.rows());
    }
}
