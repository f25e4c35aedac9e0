package pointsman.table;

import java.util.Arrays;

/// A tree whose leaves are rows and whose inner nodes are shared beginnings.
///
/// **The idea.** Take any tree over the rows. Let the *core* of a node be the items common to all rows below it. Cores
/// only grow downwards, so each row can list its items in the order in which the cores on its way from the root take
/// them in, and then two rows share exactly the core of the node where their ways part. A node with `k` children saves
/// `(k - 1) x weight(core)` tokens, and a key for all but one of the children that begin with the same one, the node's
/// *head*. So ordering rows and fields *is* building a tree over sets of items. The order inside a core does not matter;
/// functional dependencies and interchangeable columns need no rules of their own, for what the rows have in common is
/// in the core; and no group need agree on its next column, only on what it shares.
///
/// **The invariant.** If two children of a node had an item in common beyond its core, a node above both would save
/// more. So in a tree worth keeping, each item leads from a node to at most one child, and one hash table from (node,
/// item) finds every place where a row can go: see [PlaceSearch].
///
/// Nodes are numbered: the leaves as the rows, then the [#root], then the inner nodes. Changes can be taken back, the last
/// first; see [Journal].
final class PrefixTree {
    static final int NONE = -1;

    private static final int[] NOTHING = {};

    private final Items items;
    private final Keys keys;
    private final Journal journal = new Journal();
    private final NodeIndex index;
    private final int root;
    private final int[] parent;
    private final int[] children;
    private final int[] aligned;
    private final int[] first;
    private final int[] next;
    private final int[] previous;
    private final int[][] own;
    private final long[] weight;
    private final long[] used;
    private final long[] head;
    private final boolean[] isAligned;
    private final int[] free;
    private int freeCount;
    private final int[] marks;
    private int mark;
    private long saved;

    /// A tree of the root alone.
    PrefixTree(Items items, Keys keys) {
        this.items = items;
        this.keys = keys;
        this.root = items.rows();
        int nodes = 2 * items.rows() + 2;
        this.parent = new int[nodes];
        this.children = new int[nodes];
        this.aligned = new int[nodes];
        this.first = new int[nodes];
        this.next = new int[nodes];
        this.previous = new int[nodes];
        this.own = new int[nodes][];
        this.weight = new long[nodes];
        this.used = new long[nodes];
        this.head = new long[nodes];
        this.isAligned = new boolean[nodes];
        this.free = new int[nodes];
        this.marks = new int[items.count()];
        this.index = new NodeIndex(items.items().length);
        Arrays.fill(parent, NONE);
        Arrays.fill(first, NONE);
        Arrays.fill(own, NOTHING);
        for (int node = nodes - 1; node > root; node--) {
            free[freeCount++] = node;
        }
        own[root] = items.everywhere();
        measure(root, NONE, own[root]);
        head[root] = keys.longest(~used[root]);
        for (int row = 0; row < root; row++) {
            measure(row, NONE, core(row));
        }
    }

    Items items() {
        return items;
    }

    Keys keys() {
        return keys;
    }

    int root() {
        return root;
    }

    /// One more than the greatest number of a node.
    int nodes() {
        return parent.length;
    }

    boolean isLeaf(int node) {
        return node < root;
    }

    /// Whether the node is in the tree, the root aside.
    boolean isLinked(int node) {
        return parent[node] != NONE;
    }

    int parent(int node) {
        return parent[node];
    }

    int children(int node) {
        return children[node];
    }

    /// How many children can begin with the node's head.
    int aligned(int node) {
        return aligned[node];
    }

    boolean isAligned(int node) {
        return isAligned[node];
    }

    int firstChild(int node) {
        return first[node];
    }

    int nextSibling(int node) {
        return next[node];
    }

    /// The items of the core that the parent's core lacks. The caller must not change them.
    int[] own(int node) {
        return own[node];
    }

    /// The tokens of the core.
    long weight(int node) {
        return weight[node];
    }

    /// The groups that the core has used up.
    long used(int node) {
        return used[node];
    }

    /// The group, as a set, whose key most children begin with.
    long head(int node) {
        return head[node];
    }

    /// The child that is entered with the item, or [#NONE].
    int child(int node, int item) {
        return index.get(node, item);
    }

    /// The tokens that the tree saves: what [HitCount] finds for its ordering, or a little less.
    long saved() {
        return saved;
    }

    Journal journal() {
        return journal;
    }

    /// The items common to all rows below a node.
    int[] core(int node) {
        if (node < root) {
            return Arrays.copyOfRange(items.items(), items.start()[node], items.start()[node + 1]);
        }
        int[] core = own[node];
        for (int above = parent[node]; above != NONE; above = parent[above]) {
            core = concatenated(core, own[above]);
        }
        return core;
    }

    /// The groups that a node's prompts may put right after the parent's core. `ownItems` is what it has beyond that.
    long choice(int node, int below, int[] ownItems) {
        if (node < root) {
            return ~used[below];
        }
        long groups = 0;
        for (int item : ownItems) {
            groups |= keys.bit(items.group()[item]);
        }
        return groups;
    }

    /// Makes a node whose core is that of another and these items. It has still to be linked.
    int create(int above, int[] ownItems) {
        int node = free[--freeCount];
        measure(node, above, ownItems);
        head[node] = 0;
        journal.created(node);
        return node;
    }

    /// Puts a node below another, which must not have it.
    void link(int node, int below, int[] ownItems) {
        saved -= savedAt(below);
        own[node] = ownItems;
        parent[node] = below;
        next[node] = first[below];
        previous[node] = NONE;
        if (first[below] != NONE) {
            previous[first[below]] = node;
        }
        first[below] = node;
        children[below]++;
        isAligned[node] = (choice(node, below, ownItems) & head[below]) != 0;
        aligned[below] += isAligned[node] ? 1 : 0;
        for (int item : ownItems) {
            index.putIfAbsent(below, item, node);
        }
        saved += savedAt(below);
        journal.linked(node);
    }

    /// Takes a node, with all that is below it, out of the tree.
    void unlink(int node) {
        int from = parent[node];
        journal.unlinked(node, from, own[node]);
        saved -= savedAt(from);
        for (int item : own[node]) {
            index.remove(from, item, node);
        }
        if (previous[node] == NONE) {
            first[from] = next[node];
        } else {
            next[previous[node]] = next[node];
        }
        if (next[node] != NONE) {
            previous[next[node]] = previous[node];
        }
        children[from]--;
        aligned[from] -= isAligned[node] ? 1 : 0;
        parent[node] = NONE;
        saved += savedAt(from);
    }

    /// Takes a node out, and its parent too if that is left with one child, which then takes its place.
    void remove(int node) {
        int from = parent[node];
        unlink(node);
        if (children[from] > 1 || from == root) {
            return;
        }
        int last = first[from];
        int above = parent[from];
        int[] lastOwn = concatenated(own[from], own[last]);
        unlink(last);
        unlink(from);
        journal.released(from, weight[from], used[from], head[from]);
        free[freeCount++] = from;
        link(last, above, lastOwn);
    }

    /// Gives a node the head that most tokens of keys are saved with.
    void chooseHead(int node) {
        var counts = new int[Long.SIZE];
        for (int child = first[node]; child != NONE; child = next[child]) {
            for (long left = choice(child, node, own[child]); left != 0; left &= left - 1) {
                counts[Long.numberOfTrailingZeros(left)]++;
            }
        }
        long best = head[node];
        long most = best == 0 ? 0 : (long) (counts[Long.numberOfTrailingZeros(best)] - 1) * keys.tokens(best);
        for (int bit = 0; bit < Long.SIZE; bit++) {
            long tokens = (long) (counts[bit] - 1) * keys.tokens(1L << bit);
            if (tokens > most) {
                most = tokens;
                best = 1L << bit;
            }
        }
        setHead(node, best);
    }

    /// Gives a node this head; not recorded in the journal unless the node was created since it began.
    void setHead(int node, long group) {
        saved -= savedAt(node);
        head[node] = group;
        aligned[node] = 0;
        for (int child = first[node]; child != NONE; child = next[child]) {
            isAligned[child] = (choice(child, node, own[child]) & group) != 0;
            aligned[node] += isAligned[child] ? 1 : 0;
        }
        saved += savedAt(node);
    }

    /// Takes back what was done since the journal began.
    void undo() {
        journal.undo(this);
    }

    void undoCreate(int node) {
        free[freeCount++] = node;
    }

    void undoRelease(int node, long nodeWeight, long nodeUsed, long nodeHead) {
        freeCount--;
        weight[node] = nodeWeight;
        used[node] = nodeUsed;
        head[node] = nodeHead;
    }

    /// The items of a core that the core of a node lacks.
    int[] beyond(int[] core, int node) {
        mark++;
        int size = core.length;
        for (int above = node; above != NONE; above = parent[above]) {
            for (int item : own[above]) {
                marks[item] = mark;
            }
            size -= own[above].length;
        }
        var rest = new int[size];
        int count = 0;
        for (int item : core) {
            if (marks[item] != mark) {
                rest[count++] = item;
            }
        }
        return rest;
    }

    private long savedAt(int node) {
        return children[node] < 2
                ? 0
                : (children[node] - 1) * weight[node] + (aligned[node] < 2 ? 0 : (long) (aligned[node] - 1) * keys.tokens(head[node]));
    }

    private void measure(int node, int above, int[] ownItems) {
        long tokens = above == NONE ? 0 : weight[above];
        long groups = above == NONE ? 0 : used[above];
        for (int item : ownItems) {
            tokens += items.weight()[item];
            groups |= keys.used(items.group()[item]);
        }
        weight[node] = tokens;
        used[node] = groups;
    }

    static int[] concatenated(int[] front, int[] back) {
        int[] both = Arrays.copyOf(front, front.length + back.length);
        System.arraycopy(back, 0, both, front.length, back.length);
        return both;
    }
}
