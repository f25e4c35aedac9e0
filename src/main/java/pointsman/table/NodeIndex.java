package pointsman.table;

import java.util.Arrays;

/// From (node, item) to the child of the node that is entered with the item: an open hash table of primitives
/// with linear probing, whose removals close the gap that they leave.
final class NodeIndex {
    static final int NONE = -1;

    private static final long EMPTY = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private long[] keys;
    private int[] children;
    private int size;

    NodeIndex(int expected) {
        int capacity = Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 2);
        keys = new long[capacity];
        children = new int[capacity];
        Arrays.fill(keys, EMPTY);
    }

    int get(int node, int item) {
        long key = key(node, item);
        for (int slot = home(key); ; slot = next(slot)) {
            if (keys[slot] == key) {
                return children[slot];
            }
            if (keys[slot] == EMPTY) {
                return NONE;
            }
        }
    }

    /// Adds an entry; one that is there already stays.
    void putIfAbsent(int node, int item, int child) {
        if (size * 2 >= keys.length) {
            grow();
        }
        long key = key(node, item);
        int slot = home(key);
        while (keys[slot] != EMPTY) {
            if (keys[slot] == key) {
                return;
            }
            slot = next(slot);
        }
        keys[slot] = key;
        children[slot] = child;
        size++;
    }

    /// Removes an entry if it leads to that child.
    void remove(int node, int item, int child) {
        long key = key(node, item);
        int slot = home(key);
        while (keys[slot] != key) {
            if (keys[slot] == EMPTY) {
                return;
            }
            slot = next(slot);
        }
        if (children[slot] == child) {
            size--;
            close(slot);
        }
    }

    private void close(int gap) {
        for (int slot = next(gap); keys[slot] != EMPTY; slot = next(slot)) {
            int home = home(keys[slot]);
            boolean reachable = gap <= slot ? gap < home && home <= slot : gap < home || home <= slot;
            if (!reachable) {
                keys[gap] = keys[slot];
                children[gap] = children[slot];
                gap = slot;
            }
        }
        keys[gap] = EMPTY;
    }

    private void grow() {
        var oldKeys = keys;
        var oldChildren = children;
        keys = new long[oldKeys.length * 2];
        children = new int[oldKeys.length * 2];
        Arrays.fill(keys, EMPTY);
        size = 0;
        for (int slot = 0; slot < oldKeys.length; slot++) {
            if (oldKeys[slot] != EMPTY) {
                putIfAbsent((int) (oldKeys[slot] >>> 32), (int) oldKeys[slot], oldChildren[slot]);
            }
        }
    }

    private int home(long key) {
        long product = key * MIX;
        return (int) (product ^ (product >>> 32)) & (keys.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (keys.length - 1);
    }

    private static long key(int node, int item) {
        return ((long) node << 32) | item;
    }
}
