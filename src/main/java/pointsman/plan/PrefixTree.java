package pointsman.plan;

import java.util.Arrays;

/// A tree whose leaves are rows and whose inner nodes are shared beginnings.
///
/// **The idea.** Take any tree over the rows. Let the *core* of a node be the items common to all rows below it.
/// Cores only grow downwards, so each row can list its items in the order in which the cores on its way from the
/// root take them in, and then two rows share exactly the core of the node where their ways part. A node with `k`
/// children saves `(k - 1) x weight(core)` tokens, and a key for all but one of the children that *begin* with
/// the same one. So ordering rows and fields *is* building a tree over sets of items. The order inside a core
/// does not matter; functional dependencies and interchangeable columns need no rules of their own, for what the
/// rows have in common is in the core; and no group need agree on its next column, only on what it shares.
///
/// **The invariant.** If two children of a node had an item in common beyond its core, a node above both would
/// save more. So in a tree worth keeping, each item leads from a node to at most one child, and one hash table
/// from (node, item) finds every place where a row can go: see [PlaceSearch].
///
/// Nodes are numbered: the leaves as the rows, then the [#root], then the inner nodes. Changes can be taken back,
/// the last first; see [Journal].
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
    private final int[] first;
    private final int[] next;
    private final int[] previous;
    private final int[][] own;
    private final long[] weight;
    private final long[] used;
    private final long[] begin;
    private final long[] begins;
    private final int[] beginning;
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
        this.first = new int[nodes];
        this.next = new int[nodes];
        this.previous = new int[nodes];
        this.own = new int[nodes][];
        this.weight = new long[nodes];
        this.used = new long[nodes];
        this.begin = new long[nodes];
        this.begins = new long[nodes];
        this.beginning = new int[Math.multiplyExact(nodes, keys.count())];
        this.free = new int[nodes];
        this.marks = new int[items.count()];
        this.index = new NodeIndex(root, nodes, items);
        Arrays.fill(parent, NONE);
        Arrays.fill(first, NONE);
        Arrays.fill(own, NOTHING);
        for (int node = nodes - 1; node > root; node--) {
            free[freeCount++] = node;
        }
        own[root] = items.everywhere();
        measure(root, NONE, own[root]);
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

    /// The groups, as a set, that a node's children begin with.
    long begins(int node) {
        return begins[node];
    }

    /// The group, as a one-group set, that a node begins with after its parent's core; 0 for none.
    long begin(int node) {
        return begin[node];
    }

    /// What a node saves by beginning as it does: the tokens of the key if a sibling begins with it too.
    int savedByBeginning(int node) {
        return begin[node] != 0 && beginning[at(parent[node], begin[node])] > 1 ? keys.tokens(begin[node]) : 0;
    }

    /// The child that is entered with the item, or [#NONE].
    int child(int node, int item) {
        return index.get(node, item);
    }

    /// The tokens that the tree saves: what [HitCount] finds for its ordering, but for a few keys of sets of
    /// columns.
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

    /// The groups that a node's prompts may put right after the parent's core. `ownItems` is what it has beyond
    /// that.
    long choice(int node, int below, int[] ownItems) {
        if (node < root) {
            return keys.all() & ~used[below];
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
        index.clear(node);
        measure(node, above, ownItems);
        journal.created(node);
        return node;
    }

    /// Puts a node below another, and lets it begin with the longest key that a sibling begins with, or else that
    /// it can.
    void link(int node, int below, int[] ownItems) {
        long choice = choice(node, below, ownItems);
        long common = keys.longest(choice & begins[below]);
        link(node, below, ownItems, common == 0 ? keys.longest(choice) : common);
    }

    /// Puts a node below another, to begin with this group.
    void link(int node, int below, int[] ownItems, long group) {
        own[node] = ownItems;
        parent[node] = below;
        next[node] = first[below];
        previous[node] = NONE;
        if (first[below] != NONE) {
            previous[first[below]] = node;
        }
        first[below] = node;
        saved += children[below]++ == 0 ? 0 : weight[below];
        begin(node, group);
        for (int item : ownItems) {
            index.putIfAbsent(below, item, node);
        }
        journal.linked(node);
    }

    /// Takes a node, with all that is below it, out of the tree.
    void unlink(int node) {
        int from = parent[node];
        journal.unlinked(node, from, begin[node], own[node]);
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
        saved -= --children[from] == 0 ? 0 : weight[from];
        unbegin(node);
        parent[node] = NONE;
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
        journal.released(from, weight[from], used[from]);
        free[freeCount++] = from;
        link(last, above, lastOwn);
    }

    /// Chooses anew what the children of a node begin with, if that saves more; see [Beginnings]. Not recorded in
    /// the journal.
    void regroup(int node) {
        int[] nodes = childrenOf(node);
        long before = saved;
        var present = Arrays.stream(nodes).mapToLong(child -> begin[child]).toArray();
        var choice = Arrays.stream(nodes)
                .mapToLong(child -> choice(child, node, own[child]))
                .toArray();
        begin(nodes, Beginnings.chosen(keys, choice));
        if (saved < before) {
            begin(nodes, present);
        }
    }

    /// The children of a node, in no particular order.
    int[] childrenOf(int node) {
        var nodes = new int[children[node]];
        int count = 0;
        for (int child = first[node]; child != NONE; child = next[child]) {
            nodes[count++] = child;
        }
        return nodes;
    }

    private void begin(int[] nodes, long[] groups) {
        for (int child : nodes) {
            unbegin(child);
        }
        for (int i = 0; i < nodes.length; i++) {
            begin(nodes[i], groups[i]);
        }
    }

    /// Takes back what was done since the journal began.
    void undo() {
        journal.undo(this);
    }

    void undoCreate(int node) {
        free[freeCount++] = node;
    }

    void undoRelease(int node, long nodeWeight, long nodeUsed) {
        freeCount--;
        weight[node] = nodeWeight;
        used[node] = nodeUsed;
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

    private void begin(int node, long group) {
        begin[node] = group;
        if (group != 0) {
            int at = at(parent[node], group);
            saved += beginning[at]++ == 0 ? 0 : keys.tokens(group);
            begins[parent[node]] |= group;
        }
    }

    private void unbegin(int node) {
        long group = begin[node];
        if (group != 0 && --beginning[at(parent[node], group)] == 0) {
            begins[parent[node]] &= ~group;
        } else {
            saved -= keys.tokens(group);
        }
    }

    private int at(int node, long group) {
        return node * keys.count() + Long.numberOfTrailingZeros(group);
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
