package pointsman.table;

import java.util.Arrays;

/// Finds the place in a [PrefixTree] where a row, or a whole node with its rows, saves most, and puts it there.
///
/// A node can become a child of every node whose core it has, and then saves that core; or it can share a part of
/// what a child has of its own, and then a *fork* comes above both, and it saves the fork's core. All these
/// places are found from the root by asking, for each item of the node, which child is entered with it. Places
/// whose core the node lacks in part are left out: all rows below would lose what it lacks.
final class PlaceSearch {
    private final PrefixTree tree;
    private final Items items;
    private final Keys keys;
    private final int[] has;
    private final int[] seen;
    private int stamp;
    private int[] stack = new int[64];
    private int depth;
    private long steps;

    private int place;
    private boolean forks;
    private long gain;

    PlaceSearch(PrefixTree tree) {
        this.tree = tree;
        this.items = tree.items();
        this.keys = tree.keys();
        this.has = new int[items.count()];
        this.seen = new int[tree.nodes()];
    }

    /// How often a child was looked up so far: the unit of a [Budget].
    long steps() {
        return steps;
    }

    /// Finds the best place below a node whose core it has, and returns what it would save there.
    ///
    /// @param node the node to place; if it is in the tree, its present place is not considered
    /// @param core its core
    long find(int node, int[] core, int below) {
        stamp++;
        long groups = 0;
        for (int item : core) {
            has[item] = stamp;
            groups |= keys.bit(items.group()[item]);
        }
        groups = tree.isLeaf(node) ? keys.all() : groups;
        gain = Long.MIN_VALUE;
        depth = 0;
        push(below);
        while (depth > 0) {
            visit(stack[--depth], node, core, groups);
        }
        return gain;
    }

    private void visit(int at, int node, int[] core, long groups) {
        steps += 1 + core.length;
        if (at != tree.parent(node)) {
            offer(at, false, tree.weight(at) + key(groups & tree.begins(at) & ~tree.used(at)));
        }
        for (int item : core) {
            int child = tree.child(at, item);
            if (child != PrefixTree.NONE && child != node && seen[child] != stamp) {
                seen[child] = stamp;
                meet(at, child, groups);
            }
        }
    }

    private void meet(int at, int child, long groups) {
        long weight = tree.weight(at);
        long used = tree.used(at);
        long shared = 0;
        long rest = 0;
        boolean all = true;
        for (int item : tree.own(child)) {
            int group = items.group()[item];
            if (has[item] == stamp) {
                weight += items.weight()[item];
                used |= keys.used(group);
                shared |= keys.bit(group);
            } else {
                all = false;
                rest |= keys.bit(group);
            }
        }
        if (all && !tree.isLeaf(child)) {
            push(child);
            return;
        }
        long both = (tree.isLeaf(child) ? keys.all() : rest) & groups & ~used;
        int lost = tree.savedByBeginning(child);
        lost -= lost == 0 || (shared & tree.begin(child)) != 0 ? lost : key(shared & tree.begins(at));
        offer(child, true, weight + key(both) - lost);
    }

    private void push(int node) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth * 2);
        }
        stack[depth++] = node;
    }

    private void offer(int where, boolean asFork, long tokens) {
        if (tokens > gain) {
            gain = tokens;
            place = where;
            forks = asFork;
        }
    }

    /// What a node in the tree saves where it is.
    long present(int node) {
        return tree.weight(tree.parent(node)) + tree.savedByBeginning(node);
    }

    private int key(long groups) {
        return keys.tokens(keys.longest(groups));
    }

    /// Puts a node that is not in the tree at the place that was found last.
    void insert(int node, int[] core) {
        if (forks) {
            insertBeside(node, core, place);
        } else {
            tree.link(node, place, tree.beyond(core, place));
        }
    }

    private void insertBeside(int node, int[] core, int sibling) {
        int above = tree.parent(sibling);
        int[] own = tree.own(sibling);
        int[] common = Arrays.stream(own).filter(item -> has[item] == stamp).toArray();
        int[] rest = Arrays.stream(own).filter(item -> has[item] != stamp).toArray();
        boolean whole = common.length == tree.beyond(core, above).length;
        tree.unlink(sibling);
        if (whole && !tree.isLeaf(node)) {
            tree.link(node, above, common);
            int[] siblingCore = PrefixTree.concatenated(core, rest);
            find(sibling, siblingCore, node);
            insert(sibling, siblingCore);
            return;
        }
        int fork = tree.create(above, common);
        tree.link(fork, above, common);
        tree.link(sibling, fork, rest, 0);
        tree.link(node, fork, tree.beyond(core, fork));
        tree.regroup(fork);
    }
}
