package pointsman.table;

import java.util.Arrays;

/// A tree whose leaves are rows and whose inner nodes are shared beginnings.
///
/// **The idea.** Take any tree over the rows. Let the *core* of a node be the items common to all rows below it.
/// Cores only grow downwards, so each row can list its items in the order in which the cores on its way from the
/// root take them in, and then two rows share exactly the core of the node where their ways part. A node with `k`
/// children saves `(k - 1) x value(core)` tokens. So ordering rows and fields *is* building a tree over sets of
/// items: the order of the items inside a core does not matter, functional dependencies and interchangeable
/// columns need no rules of their own (what the rows have in common is in the core), and no column need be chosen
/// for a whole group.
///
/// **The invariant.** If two children of a node had an item in common beyond its core, a node above both would
/// save more. So in a tree worth keeping, each item leads from a node to at most one child, and one hash table of
/// (node, item) finds every place where a row can go: from the root, into each child whose items the row has,
/// with a stop at each child of which it has a part. That is what makes trying *all* places of a row cheap.
///
/// Leaves are numbered as the rows, the root is [#root], inner nodes come after.
final class PrefixTree {
    static final int NONE = -1;
    private static final int[] NOTHING = {};

    final Items items;
    private final KeyBonus bonus;
    private final NodeIndex index;
    private final int root;
    private final int[] parent;
    private final int[] children;
    private final int[] first;
    private final int[] next;
    private final int[] previous;
    private final int[][] own;
    private final long[] weight;
    private final long[] mask;
    private final int[] free;
    private int freeCount;
    private long saved;

    // search state
    private final int[] has; // by item: stamp
    private final int[] seen; // by node: stamp
    private int stamp;
    private int[] stack = new int[64];
    int bestPlace;
    boolean bestSplit;
    long bestValue;

    // journal
    private boolean recording;
    private long[] journal = new long[256];
    private int[][] journalOwn = new int[256][];
    private int journalSize;

    PrefixTree(Items items, KeyBonus bonus) {
        this.items = items;
        this.bonus = bonus;
        this.root = items.rows();
        int nodes = 2 * items.rows() + 2;
        parent = new int[nodes];
        children = new int[nodes];
        first = new int[nodes];
        next = new int[nodes];
        previous = new int[nodes];
        own = new int[nodes][];
        weight = new long[nodes];
        mask = new long[nodes];
        index = new NodeIndex(items.items().length);
        free = new int[nodes];
        for (int node = nodes - 1; node > root; node--) {
            free[freeCount++] = node;
        }
        Arrays.fill(parent, NONE);
        Arrays.fill(first, NONE);
        Arrays.fill(own, NOTHING);
        has = new int[items.count()];
        seen = new int[nodes];
        var count = new int[items.count()];
        for (int item : items.items()) count[item]++;
        own[root] = java.util.stream.IntStream.range(0, items.count())
                .filter(i -> count[i] == items.rows())
                .toArray();
        measure(root, own[root]);
        for (int row = 0; row < items.rows(); row++) measure(row, core(row));
    }

    int root() {
        return root;
    }

    long saved() {
        return saved;
    }

    int parent(int node) {
        return parent[node];
    }

    boolean isLeaf(int node) {
        return node < root;
    }

    int nodes() {
        return parent.length;
    }

    int children(int node) {
        return children[node];
    }

    int first(int node) {
        return first[node];
    }

    int next(int node) {
        return next[node];
    }

    int[] own(int node) {
        return own[node];
    }

    private void measure(int node, int[] core) {
        long w = 0, m = 0;
        for (int item : core) {
            w += items.weight()[item];
            m |= bonus.bit(items.group()[item]);
        }
        weight[node] = w;
        mask[node] = m;
    }

    long value(int node) {
        return weight[node] + bonus.of(mask[node]);
    }

    /// core items of a node
    int[] core(int node) {
        if (node < root) return Arrays.copyOfRange(items.items(), items.start()[node], items.start()[node + 1]);
        int size = 0;
        for (int n = node; n != NONE; n = parent[n]) size += own[n].length;
        int[] core = new int[size];
        int at = 0;
        for (int n = node; n != NONE; n = parent[n]) {
            System.arraycopy(own[n], 0, core, at, own[n].length);
            at += own[n].length;
        }
        return core;
    }

    private void link(int node, int to, int[] ownItems) {
        own[node] = ownItems;
        parent[node] = to;
        next[node] = first[to];
        previous[node] = NONE;
        if (first[to] != NONE) previous[first[to]] = node;
        first[to] = node;
        if (children[to]++ > 0) saved += value(to);
        for (int item : ownItems) index.putIfAbsent(to, item, node);
        if (recording) log(0, node, null);
    }

    private void unlink(int node) {
        int from = parent[node];
        if (recording) log(1L | (long) from << 2, node, own[node]);
        for (int item : own[node]) index.remove(from, item, node);
        if (previous[node] != NONE) next[previous[node]] = next[node];
        else first[from] = next[node];
        if (next[node] != NONE) previous[next[node]] = previous[node];
        if (--children[from] > 0) saved -= value(from);
        parent[node] = NONE;
    }

    private int allocate() {
        int node = free[--freeCount];
        if (recording) log(2, node, null);
        return node;
    }

    private void release(int node) {
        if (recording) {
            log(mask[node], node, null);
            log(weight[node], node, null);
            log(3, node, null);
        }
        free[freeCount++] = node;
    }

    private void log(long what, int node, int[] items) {
        if (journalSize + 2 >= journal.length) {
            journal = Arrays.copyOf(journal, journal.length * 2);
            journalOwn = Arrays.copyOf(journalOwn, journalOwn.length * 2);
        }
        journal[journalSize] = what;
        journal[journalSize + 1] = node;
        journalOwn[journalSize] = items;
        journalSize += 2;
    }

    void mark() {
        recording = true;
        journalSize = 0;
    }

    void keep() {
        recording = false;
    }

    void undo() {
        recording = false;
        while (journalSize > 0) {
            journalSize -= 2;
            long what = journal[journalSize];
            int node = (int) journal[journalSize + 1];
            switch ((int) (what & 3)) {
                case 0 -> unlink(node);
                case 1 -> link(node, (int) (what >> 2), journalOwn[journalSize]);
                case 2 -> free[freeCount++] = node;
                default -> {
                    freeCount--;
                    journalSize -= 2;
                    weight[node] = journal[journalSize];
                    journalSize -= 2;
                    mask[node] = journal[journalSize];
                }
            }
        }
    }

    /// takes node out; returns the sibling that took the parent's place or NONE
    int remove(int node) {
        int from = parent[node];
        unlink(node);
        if (children[from] > 1 || from == root) return NONE;
        int sibling = first[from];
        int up = parent[from];
        int[] siblingOwn = union(own[from], own[sibling]);
        unlink(sibling);
        unlink(from);
        release(from);
        link(sibling, up, siblingOwn);
        return sibling;
    }

    private static int[] union(int[] a, int[] b) {
        int[] r = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, r, a.length, b.length);
        return r;
    }

    long steps;

    /// finds the best place for a core below `from` (whose core it contains)
    void search(int[] core, int from, int excluded) {
        stamp++;
        for (int item : core) has[item] = stamp;
        int depth = 0;
        stack[depth++] = from;
        bestValue = Long.MIN_VALUE;
        while (depth > 0) {
            int node = stack[--depth];
            long v = value(node);
            if (v > bestValue) {
                bestValue = v;
                bestPlace = node;
                bestSplit = false;
            }
            steps++;
            for (int item : core) {
                int child = index.get(node, item);
                if (child == NONE || child == excluded || seen[child] == stamp) continue;
                seen[child] = stamp;
                long w = weight[node], m = mask[node];
                boolean all = true;
                for (int i : own[child])
                    if (has[i] == stamp) {
                        w += items.weight()[i];
                        m |= bonus.bit(items.group()[i]);
                    } else all = false;
                if (all && child > root) {
                    if (depth == stack.length) stack = Arrays.copyOf(stack, depth * 2);
                    stack[depth++] = child;
                } else {
                    long sv = w + bonus.of(m);
                    if (sv > bestValue) {
                        bestValue = sv;
                        bestPlace = child;
                        bestSplit = true;
                    }
                }
            }
        }
    }

    /// inserts at the place that search found
    void insert(int node, int[] core) {
        int place = bestPlace;
        if (!bestSplit) {
            link(node, place, minus(core, place));
            return;
        }
        int up = parent[place];
        int[] placeOwn = own[place];
        int shared = 0;
        for (int i : placeOwn) if (has[i] == stamp) shared++;
        int[] common = new int[shared], rest = new int[placeOwn.length - shared];
        int a = 0, b = 0;
        for (int i : placeOwn)
            if (has[i] == stamp) common[a++] = i;
            else rest[b++] = i;
        unlink(place);
        int size = coreSize(up) + shared;
        if (size == core.length && node > root) {
            // the node's whole core is shared: it takes the place, and what was there goes below it
            int[] placeCore = core.clone();
            placeCore = union(core, rest);
            link(node, up, common);
            search(placeCore, node, NONE);
            insert(place, placeCore);
            return;
        }
        int fork = allocate();
        long w = weight[up], m = mask[up];
        for (int i : common) {
            w += items.weight()[i];
            m |= bonus.bit(items.group()[i]);
        }
        weight[fork] = w;
        mask[fork] = m;
        link(fork, up, common);
        link(place, fork, rest);
        link(node, fork, minus(core, fork));
    }

    private int coreSize(int node) {
        int s = 0;
        for (int n = node; n != NONE; n = parent[n]) s += own[n].length;
        return s;
    }

    private int[] minus(int[] core, int node) {
        stamp++;
        for (int n = node; n != NONE; n = parent[n]) for (int i : own[n]) has[i] = stamp;
        int c = 0;
        for (int i : core) if (has[i] != stamp) c++;
        int[] r = new int[c];
        c = 0;
        for (int i : core) if (has[i] != stamp) r[c++] = i;
        return r;
    }

    int columnOf(int row, int item, boolean[] used, Cells cells) {
        int g = items.group()[item], code = items.code()[item];
        for (int c = 0; c < used.length; c++)
            if (!used[c] && cells.group()[c] == g && cells.codes()[c][row] == code) return c;
        throw new IllegalStateException("item " + item + " not in row " + row);
    }

    void attachRow(int row, int node) {
        link(row, node, minus(core(row), node));
    }

    int attachGroup(Ordering o, int from, int to, int node) {
        int[] common = core(o.row(from));
        for (int p = from + 1; p < to; p++) common = intersect(common, o.row(p));
        int[] d = minus(common, node);
        int fork = allocate();
        measure(fork, common);
        link(fork, node, d);
        return fork;
    }

    private int[] intersect(int[] a, int row) {
        int[] r = new int[a.length];
        int c = 0;
        int i = 0, j = items.start()[row], e = items.start()[row + 1];
        int[] it = items.items();
        while (i < a.length && j < e) {
            if (a[i] == it[j]) {
                r[c++] = a[i];
                i++;
                j++;
            } else if (a[i] < it[j]) i++;
            else j++;
        }
        return Arrays.copyOf(r, c);
    }
}
