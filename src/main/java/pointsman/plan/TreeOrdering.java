package pointsman.plan;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Iterator;
import java.util.stream.IntStream;

/// Reads an ordering off a [PrefixTree]: its leaves from left to right, each with its items in the order in which
/// the cores on its way take them in.
///
/// Children that begin with the same key stand together.
final class TreeOrdering {
    private final PrefixTree tree;
    private final Items items;
    private final Cells cells;
    private final int[] rows;
    private final int[][] fields;
    private final int[] prefix;
    private final ArrayDeque<Branch> open = new ArrayDeque<>();
    private int emitted;

    TreeOrdering(PrefixTree tree, Cells cells) {
        this.tree = tree;
        this.items = tree.items();
        this.cells = cells;
        this.rows = new int[cells.rows()];
        this.fields = new int[cells.rows()][];
        this.prefix = new int[cells.width()];
    }

    /// A node on the way from the root: how many items its core has, and the children that are still to come.
    private record Branch(int coreSize, Iterator<Integer> children) {}

    Ordering ordering() {
        enter(tree.root(), 0);
        while (!open.isEmpty()) {
            var branch = open.peek();
            if (!branch.children().hasNext()) {
                open.pop();
                continue;
            }
            int child = branch.children().next();
            if (tree.isLeaf(child)) {
                emit(child, branch.coreSize());
            } else {
                enter(child, branch.coreSize());
            }
        }
        return Ordering.perRow(rows, fields);
    }

    private void enter(int node, int coreSize) {
        long begin = tree.begin(node);
        int[] own = tree.own(node);
        int size = coreSize;
        for (int item : own) {
            prefix[size++] = item;
        }
        for (int i = coreSize + 1; i < size; i++) {
            if ((tree.keys().bit(items.group()[prefix[i]]) & begin) != 0) {
                int item = prefix[i];
                prefix[i] = prefix[coreSize];
                prefix[coreSize] = item;
                break;
            }
        }
        open.push(branch(node, size));
    }

    private Branch branch(int node, int coreSize) {
        tree.regroup(node);
        var children = IntStream.of(tree.childrenOf(node)).boxed().sorted(Comparator.comparingLong(tree::begin));
        return new Branch(coreSize, children.iterator());
    }

    private void emit(int row, int coreSize) {
        long begin = tree.begin(row);
        var order = new int[cells.width()];
        var placed = new boolean[cells.width()];
        int count = 0;
        for (int i = 0; i < coreSize; i++) {
            count = place(column(row, prefix[i], placed), order, placed, count);
        }
        for (int column = 0; column < placed.length && count == coreSize; column++) {
            if (!placed[column] && (tree.keys().bit(cells.group()[column]) & begin) != 0) {
                count = place(column, order, placed, count);
            }
        }
        for (int column = 0; column < placed.length; column++) {
            if (!placed[column]) {
                count = place(column, order, placed, count);
            }
        }
        rows[emitted] = row;
        fields[emitted++] = order;
    }

    private static int place(int column, int[] order, boolean[] placed, int count) {
        order[count] = column;
        placed[column] = true;
        return count + 1;
    }

    private int column(int row, int item, boolean[] placed) {
        int group = items.group()[item];
        int column = 0;
        while (placed[column] || cells.group()[column] != group || cells.codes()[column][row] != items.code()[item]) {
            column++;
        }
        return column;
    }
}
