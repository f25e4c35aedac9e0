package pointsman.plan;

import java.util.Arrays;

/// From (node, item) to the child of the node that is entered with the item.
///
/// An open hash table of primitives with linear probing, whose removals close the gap that they leave; key and child
/// stand side by side, so that a look-up mostly touches one cache line. Most look-ups find nothing. So each node has
/// 64 bits, of which every item that was entered here has set one: where it is not set the table need not be asked.
/// The root, which is asked most and has most children, has an array instead.
final class NodeIndex {
    static final int NONE = -1;

    private static final long EMPTY = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final int root;
    private final int[] ofRoot;
    private final long[] entered;
    /// By slot: a key, and the child.
    private long[] entries;
    private int size;

    NodeIndex(int root, int nodes, Items items) {
        this.root = root;
        this.ofRoot = new int[items.count()];
        Arrays.fill(ofRoot, NONE);
        this.entered = new long[nodes];
        int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, items.items().length)) * 2);
        this.entries = empty(2 * capacity);
    }

    int get(int node, int item) {
        if (node == root) {
            return ofRoot[item];
        }
        return (entered[node] >>> item & 1) == 0 ? NONE : (int) entries[slot(key(node, item)) + 1];
    }

    /// Adds an entry; one that is there already stays.
    void putIfAbsent(int node, int item, int child) {
        if (node == root) {
            ofRoot[item] = ofRoot[item] == NONE ? child : ofRoot[item];
            return;
        }
        entered[node] |= 1L << item;
        put(key(node, item), child);
    }

    /// Removes an entry if it leads to that child.
    void remove(int node, int item, int child) {
        if (node == root) {
            ofRoot[item] = ofRoot[item] == child ? NONE : ofRoot[item];
            return;
        }
        int at = slot(key(node, item));
        if (entries[at] != EMPTY && entries[at + 1] == child) {
            size--;
            close(at);
        }
    }

    /// Forgets what was ever entered at a node that has no children.
    void clear(int node) {
        entered[node] = 0;
    }

    private void put(long key, long child) {
        int at = slot(key);
        if (entries[at] == EMPTY) {
            entries[at] = key;
            entries[at + 1] = child;
            if (++size * 4 > entries.length) {
                grow();
            }
        }
    }

    /// Where the key is, or where it would be put.
    private int slot(long key) {
        int at = home(key);
        while (entries[at] != key && entries[at] != EMPTY) {
            at = next(at);
        }
        return at;
    }

    private void close(int gap) {
        for (int at = next(gap); entries[at] != EMPTY; at = next(at)) {
            int home = home(entries[at]);
            boolean reachable = gap <= at ? gap < home && home <= at : gap < home || home <= at;
            if (!reachable) {
                entries[gap] = entries[at];
                entries[gap + 1] = entries[at + 1];
                gap = at;
            }
        }
        entries[gap] = EMPTY;
        entries[gap + 1] = NONE;
    }

    private void grow() {
        var old = entries;
        entries = empty(Math.multiplyExact(old.length, 2));
        size = 0;
        for (int at = 0; at < old.length; at += 2) {
            if (old[at] != EMPTY) {
                put(old[at], old[at + 1]);
            }
        }
    }

    private int home(long key) {
        long product = key * MIX;
        return (int) (product ^ (product >>> 32)) * 2 & (entries.length - 1);
    }

    private int next(int at) {
        return (at + 2) & (entries.length - 1);
    }

    private static long key(int node, int item) {
        return ((long) node << 32) | item;
    }

    private static long[] empty(int length) {
        var entries = new long[length];
        Arrays.fill(entries, EMPTY);
        return entries;
    }
}
