package pointsman.testing;

import java.util.Arrays;
import java.util.BitSet;

/// The tree of all prompts that a [SimulatedProvider] has seen, a node for each beginning. The edges stand in one
/// open hash table, so that millions of nodes take some tens of bytes each.
final class TokenTree {
    static final int ROOT = 0;
    static final int NONE = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final BitSet marked = new BitSet();
    private long[] keys = new long[1 << 12];
    private int[] children = new int[1 << 12];
    private int[] uses = new int[1 << 11];
    private long[] lastUses = new long[1 << 11];
    private int nodes = 1;

    /// The node behind this one by a token, or [#NONE].
    int child(int node, int token) {
        return children[slot(key(node, token))] - 1;
    }

    /// The same; it is made if it is not there.
    int childOrNew(int node, int token) {
        long key = key(node, token);
        int slot = slot(key);
        if (children[slot] == 0) {
            keys[slot] = key;
            children[slot] = nodes + 1;
            nodes++;
            grow();
            return nodes - 1;
        }
        return children[slot] - 1;
    }

    /// A prompt has gone through a node.
    void use(int node, boolean isMarked, long nanos) {
        uses[node]++;
        lastUses[node] = nanos;
        if (isMarked) {
            marked.set(node);
        }
    }

    int uses(int node) {
        return uses[node];
    }

    long lastUse(int node) {
        return lastUses[node];
    }

    boolean isMarked(int node) {
        return marked.get(node);
    }

    /// Never 0: the smallest token is -4.
    private static long key(int node, int token) {
        return ((long) node << 32) | (token + 16 & 0xFFFFFFFFL);
    }

    /// Where the edge is, or would be; the child of a free place is 0.
    private int slot(long key) {
        int slot = (int) ((key * MIX) >>> 32) & (keys.length - 1);
        while (keys[slot] != key && keys[slot] != 0) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        if (nodes == uses.length) {
            uses = Arrays.copyOf(uses, 2 * nodes);
            lastUses = Arrays.copyOf(lastUses, 2 * nodes);
        }
        if (nodes * 2 > keys.length) {
            var oldKeys = keys;
            var oldChildren = children;
            keys = new long[2 * oldKeys.length];
            children = new int[2 * oldKeys.length];
            for (int old = 0; old < oldKeys.length; old++) {
                if (oldChildren[old] != 0) {
                    int slot = slot(oldKeys[old]);
                    keys[slot] = oldKeys[old];
                    children[slot] = oldChildren[old];
                }
            }
        }
    }
}
