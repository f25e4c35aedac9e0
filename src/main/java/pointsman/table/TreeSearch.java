package pointsman.table;

/// Turns an ordering into a [PrefixTree] and improves it by moving rows and groups of rows to better places.
final class TreeSearch implements Solver {
    private final Ordering start;
    private final PlanOptions options;
    private final long deadline;

    TreeSearch(Ordering start, PlanOptions options, long deadline) {
        this.start = start;
        this.options = options;
        this.deadline = deadline;
    }

    @Override
    public Ordering solve(Cells cells) {
        var tree = new PrefixTree(Items.of(cells), new KeyBonus(cells));
        TreeSeed.seed(tree, cells, start);
        boolean moved = true;
        while (moved && tree.steps < options.steps() && System.nanoTime() < deadline) {
            moved = false;
            for (int x = 0; x < tree.nodes(); x++) {
                if (x == tree.root() || tree.parent(x) == PrefixTree.NONE) continue;
                int[] core = tree.core(x);
                tree.search(core, tree.root(), x);
                if (tree.bestValue > tree.value(tree.parent(x))) {
                    tree.remove(x);
                    tree.search(core, tree.root(), PrefixTree.NONE);
                    tree.insert(x, core);
                    moved = true;
                }
            }
        }
        return new TreeOrdering(tree, cells).ordering();
    }
}
