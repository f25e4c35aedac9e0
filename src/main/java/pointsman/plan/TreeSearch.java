package pointsman.plan;

/// Turns an ordering into a [PrefixTree] and improves it: first by moving single nodes, then by taking out and
/// putting back several at a time, until the budget ends.
final class TreeSearch implements Solver {
    private final Ordering start;
    private final SearchBudget budget;
    private final long seed;

    TreeSearch(Ordering start, SearchBudget budget, long seed) {
        this.start = start;
        this.budget = budget;
        this.seed = seed;
    }

    @Override
    public Ordering solve(Cells cells) {
        var tree = TreeBuilder.tree(cells, start);
        var search = new PlaceSearch(tree);
        new Reinsertion(tree, search, budget).climb();
        new RuinAndRecreate(tree, search, budget, seed).run();
        return new TreeOrdering(tree, cells).ordering();
    }
}
