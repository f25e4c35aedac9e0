package pointsman.table;

/// Hill climbing on a [PrefixTree]: takes each node, rows and whole groups alike, to the place where it saves most, until
/// no node would gain by moving.
final class Reinsertion {
    private final PrefixTree tree;
    private final PlaceSearch search;
    private final Budget budget;

    Reinsertion(PrefixTree tree, PlaceSearch search, Budget budget) {
        this.tree = tree;
        this.search = search;
        this.budget = budget;
    }

    /// Runs until nothing moves, or the budget ends.
    void climb() {
        long before;
        do {
            before = tree.saved();
            pass();
        } while (tree.saved() > before && !budget.isSpent(search.steps()));
    }

    private void pass() {
        for (int node = 0; node < tree.nodes() && !budget.isSpent(search.steps()); node++) {
            if (tree.isLinked(node)) {
                improve(node);
            }
            if (node >= tree.root() && tree.children(node) > 1) {
                tree.regroup(node);
            }
        }
    }

    private void improve(int node) {
        int[] core = tree.core(node);
        if (search.find(node, core, tree.root()) <= search.present(node)) {
            return;
        }
        long before = tree.saved();
        tree.journal().begin();
        tree.remove(node);
        search.find(node, core, tree.root());
        search.insert(node, core);
        if (tree.saved() < before) {
            tree.undo();
        }
        tree.journal().end();
    }
}
