package pointsman.plan;

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
    private final int[] taken;
    private final int longestKey;
    private int stamp;
    private int takings;
    private int[] left = new int[64];
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
        this.taken = new int[items.count()];
        this.longestKey = keys.tokens(keys.longest(keys.all()));
    }

    /// How many items were looked up or compared so far: the unit of a [SearchBudget].
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
        makeRoom(core.length);
        System.arraycopy(core, 0, left, 0, core.length);
        visit(below, node, groups, 0, core.length);
        return gain;
    }

    /// Offers a node whose core the one to place has, and all that is below it. What the one to place has beyond that
    /// core is in `left[from, to)`.
    private void visit(int at, int node, long groups, int from, int to) {
        steps += 1 + to - from;
        if (at != tree.parent(node)) {
            offer(at, false, tree.weight(at) + key(groups & tree.begins(at) & ~tree.used(at)));
        }
        for (int i = from; i < to; i++) {
            int child = tree.child(at, left[i]);
            if (child != PrefixTree.NONE && child != node && seen[child] != stamp) {
                seen[child] = stamp;
                if (meet(at, child, groups)) {
                    visit(child, node, groups, to, withoutOwn(child, from, to));
                }
            }
        }
    }

    /// Copies what a child does not have of its own behind `to`, and returns where the copy ends.
    private int withoutOwn(int child, int from, int to) {
        takings++;
        for (int item : tree.own(child)) {
            taken[item] = takings;
        }
        makeRoom(2 * to - from);
        int end = to;
        for (int i = from; i < to; i++) {
            if (taken[left[i]] != takings) {
                left[end++] = left[i];
            }
        }
        return end;
    }

    /// Offers the fork above a child, or tells that the one to place has all of the child's core.
    private boolean meet(int at, int child, long groups) {
        int[] own = tree.own(child);
        long weight = tree.weight(at);
        int shared = 0;
        steps += own.length;
        for (int item : own) {
            if (has[item] == stamp) {
                weight += items.weight()[item];
                shared++;
            }
        }
        if (shared == own.length && !tree.isLeaf(child)) {
            return true;
        }
        if (weight + longestKey > gain) {
            offer(child, true, weight + keySaved(at, child, groups));
        }
        return false;
    }

    /// What a fork above a child saves by the key that its two children begin with, less what the child saves by its
    /// own beginning now.
    private int keySaved(int at, int child, long groups) {
        long used = tree.used(at);
        long shared = 0;
        long rest = 0;
        for (int item : tree.own(child)) {
            int group = items.group()[item];
            if (has[item] == stamp) {
                used |= keys.used(group);
                shared |= keys.bit(group);
            } else {
                rest |= keys.bit(group);
            }
        }
        long both = (tree.isLeaf(child) ? keys.all() : rest) & groups & ~used;
        int lost = tree.savedByBeginning(child);
        boolean isKept = lost == 0 || (shared & tree.begin(child)) != 0;
        return key(both) - (isKept ? 0 : lost - key(shared & tree.begins(at)));
    }

    private void makeRoom(int size) {
        if (size > left.length) {
            left = Arrays.copyOf(left, 2 * size);
        }
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
