package pointsman.plan;

import java.util.SplittableRandom;

/// Large-neighbourhood search on a [PrefixTree]: takes some related nodes out, puts them back one by one in a
/// random order, each at its best place, and keeps the result unless it saves less.
///
/// Moving one node at a time ends where no single move helps. What is left to gain needs several to move
/// together: a new group forms only when its first members come back to a tree in which their old company is gone
/// too. The idea is Shaw's (1998) and Schrimpf et al.'s "ruin and recreate" (2000). Related nodes are neighbours:
/// children of one node, and what hangs in the places that share an item with one of them. Rows and whole groups
/// move alike, so the search works at every height of the tree.
final class RuinAndRecreate {
    private static final int MOST = 12;
    /// The search has converged after so many rounds a row that gained nothing.
    private static final int PATIENCE = 20;

    private final PrefixTree tree;
    private final PlaceSearch search;
    private final SearchBudget budget;
    private final SplittableRandom random;
    private final int[] nodes = new int[MOST];
    private final int[][] cores = new int[MOST][];
    private final int[] chosen;
    private final int[] above;
    private int round;
    private int count;

    RuinAndRecreate(PrefixTree tree, PlaceSearch search, SearchBudget budget, long seed) {
        this.tree = tree;
        this.search = search;
        this.budget = budget;
        this.random = new SplittableRandom(seed);
        this.chosen = new int[tree.nodes()];
        this.above = new int[tree.nodes()];
    }

    /// Runs until nothing was gained for long, or the budget ends.
    void run() {
        if (tree.root() < 3) {
            return;
        }
        long patience = (long) PATIENCE * tree.root();
        for (long idle = 0; idle < patience && !budget.isSpent(search.steps()); idle++) {
            idle = gains() ? 0 : idle;
        }
    }

    private boolean gains() {
        choose();
        tree.journal().begin();
        long before = tree.saved();
        ruin();
        recreate();
        if (tree.saved() < before) {
            tree.undo();
        }
        tree.journal().end();
        return tree.saved() > before;
    }

    private void choose() {
        round++;
        count = 0;
        int most = 4 + random.nextInt(MOST - 3);
        int anchor = random.nextInt(tree.root());
        int[] core = tree.core(anchor);
        for (int levels = random.nextInt(4); levels > 0 && tree.parent(anchor) != tree.root(); levels--) {
            anchor = tree.parent(anchor);
        }
        take(anchor, most);
        takeSome(tree.parent(anchor), Math.max(2, most / 2));
        for (int tries = 0; tries < 8 && count < most && core.length > 0; tries++) {
            takeSome(related(core), Math.min(most, count + 8));
        }
    }

    /// A node that shares items of the core, some way down from the root.
    private int related(int[] core) {
        int node = tree.root();
        for (int tries = 0; tries < 6; tries++) {
            int child = tree.child(node, core[random.nextInt(core.length)]);
            if (child != PrefixTree.NONE && !tree.isLeaf(child)) {
                node = child;
            }
        }
        return node;
    }

    private void takeSome(int parent, int most) {
        int children = tree.children(parent);
        int skip = children <= most - count ? 0 : random.nextInt(Math.min(children, 256));
        int child = tree.firstChild(parent);
        for (int i = 0; i < skip && tree.nextSibling(child) != PrefixTree.NONE; i++) {
            child = tree.nextSibling(child);
        }
        for (; child != PrefixTree.NONE && count < most; child = tree.nextSibling(child)) {
            if (tree.isLeaf(child) || random.nextInt(3) == 0) {
                take(child, most);
            } else {
                takeSome(child, Math.min(most, count + 6));
            }
        }
    }

    /// Takes a node, unless one above or below it is taken.
    private void take(int node, int most) {
        if (count >= most || above[node] == round || node == tree.root()) {
            return;
        }
        for (int up = node; up != PrefixTree.NONE; up = tree.parent(up)) {
            if (chosen[up] == round) {
                return;
            }
        }
        chosen[node] = round;
        for (int up = tree.parent(node); up != PrefixTree.NONE; up = tree.parent(up)) {
            above[up] = round;
        }
        nodes[count] = node;
        cores[count++] = tree.core(node);
    }

    private void ruin() {
        for (int i = 0; i < count; i++) {
            tree.remove(nodes[i]);
        }
    }

    private void recreate() {
        for (int left = count; left > 0; left--) {
            int pick = random.nextInt(left);
            search.find(nodes[pick], cores[pick], tree.root());
            search.insert(nodes[pick], cores[pick]);
            nodes[pick] = nodes[left - 1];
            cores[pick] = cores[left - 1];
        }
    }
}
