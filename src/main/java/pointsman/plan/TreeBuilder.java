package pointsman.plan;

import java.util.ArrayDeque;
import java.util.Arrays;

/// Makes a [PrefixTree] of an ordering.
///
/// Neighbouring rows share so many leading cells; where they share fewest, the rows part into the root's
/// children, and so on within each. A node's core is then closed: it takes in everything that its rows have in
/// common, also what the ordering did not put in front.
final class TreeBuilder {
    private final PrefixTree tree;
    private final Items items;
    private final Cells cells;
    private final Ordering ordering;
    private final int[] shared;
    private final ArrayDeque<Group> open = new ArrayDeque<>();

    private TreeBuilder(PrefixTree tree, Cells cells, Ordering ordering) {
        this.tree = tree;
        this.items = tree.items();
        this.cells = cells;
        this.ordering = ordering;
        this.shared = new int[ordering.size()];
    }

    /// The positions from `from` to before `to`, which part at `node`.
    private record Group(int from, int to, int node) {}

    static PrefixTree tree(Cells cells, Ordering ordering) {
        var tree = new PrefixTree(Items.of(cells), new Keys(cells));
        new TreeBuilder(tree, cells, ordering).build();
        return tree;
    }

    private void build() {
        var count = new HitCount(cells);
        for (int position = 1; position < shared.length; position++) {
            shared[position] = count.sharedCells(ordering, position);
        }
        open.push(new Group(0, shared.length, tree.root()));
        while (!open.isEmpty()) {
            part(open.pop());
        }
        for (int node = tree.root(); node < tree.nodes(); node++) {
            if (node == tree.root() || tree.isLinked(node)) {
                tree.regroup(node);
            }
        }
    }

    private void part(Group group) {
        int fewest = Integer.MAX_VALUE;
        for (int position = group.from() + 1; position < group.to(); position++) {
            fewest = Math.min(fewest, shared[position]);
        }
        int from = group.from();
        for (int position = from + 1; position <= group.to(); position++) {
            if (position == group.to() || shared[position] == fewest) {
                add(from, position, group.node());
                from = position;
            }
        }
    }

    private void add(int from, int to, int below) {
        int row = ordering.row(from);
        int[] common = tree.beyond(tree.core(row), below);
        if (to - from == 1) {
            tree.link(row, below, common);
            return;
        }
        for (int position = from + 1; position < to; position++) {
            common = common(common, ordering.row(position));
        }
        int node = tree.create(below, common);
        tree.link(node, below, common);
        open.push(new Group(from, to, node));
    }

    /// Those of the ascending items that a row has.
    private int[] common(int[] some, int row) {
        var common = new int[some.length];
        int count = 0;
        int at = items.start()[row];
        int end = items.start()[row + 1];
        for (int item : some) {
            while (at < end && items.items()[at] < item) {
                at++;
            }
            if (at < end && items.items()[at] == item) {
                common[count++] = item;
            }
        }
        return count == some.length ? some : Arrays.copyOf(common, count);
    }
}
