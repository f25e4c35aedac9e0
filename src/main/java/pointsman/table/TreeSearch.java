package pointsman.table;

/// Turns an ordering into a [PrefixTree] and improves it by moving rows and groups of rows to better places.
final class TreeSearch implements Solver {
    private final Ordering start;
    private final Budget budget;
    private final long seed;

    TreeSearch(Ordering start, Budget budget, long seed) {
        this.start = start;
        this.budget = budget;
        this.seed = seed;
    }

    @Override
    public Ordering solve(Cells cells) {
        var tree = TreeBuilder.tree(cells, start);
        var search = new PlaceSearch(tree);
        new Reinsertion(tree, search, budget).climb();
        return new TreeOrdering(tree, cells).ordering();
    }
}
