package pointsman.plan;

/// Hill climbing on a [PrefixTree]: takes each node, rows and whole groups alike, to the place where it saves
/// most.
///
/// The first pass over all nodes gains most of what is to be gained. Passes end when one gains next to nothing;
/// [RuinAndRecreate] makes better use of the time then.
final class Reinsertion {
    private final PrefixTree tree;
    private final PlaceSearch search;
    private final SearchBudget budget;

    Reinsertion(PrefixTree tree, PlaceSearch search, SearchBudget budget) {
        this.tree = tree;
        this.search = search;
        this.budget = budget;
    }

    /// Runs until a pass gains less than a two-thousandth, or the budget ends.
    void climb() {
        long before;
        do {
            before = tree.saved();
            pass();
        } while (tree.saved() - before > before / 2_000 && !budget.isSpent(search.steps()));
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
