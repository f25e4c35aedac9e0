package pointsman.plan;

/// The best one field order for all rows; see [FixedOrderSearch].
final class FixedOrder implements Solver {
    /// As many sets as nine columns have of one size: exact for tables of up to nine columns.
    private static final int BEAM = 126;
    private static final long CELLS = 40_000_000;

    @Override
    public Ordering solve(Cells cells) {
        long levelCells = (long) cells.rows() * cells.width() * Math.max(1, cells.width() / 2);
        int beam = Math.clamp(CELLS / Math.max(1, levelCells), 1, BEAM);
        int[] order = new FixedOrderSearch(cells, beam).order();
        return Ordering.fixed(RowSort.sorted(cells, order), order);
    }
}
