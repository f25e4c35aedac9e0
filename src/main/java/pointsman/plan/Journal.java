package pointsman.plan;

import java.util.Arrays;

/// What was done to a [PrefixTree] since [#begin], so that it can be taken back.
///
/// Every change is made of four: a node is created, linked, unlinked or released. Each is undone by its opposite,
/// the last one first.
final class Journal {
    private static final int CREATED = 0;
    private static final int LINKED = 1;
    private static final int UNLINKED = 2;
    private static final int RELEASED = 3;
    private static final int WIDTH = 4;
    private static final int[] NOTHING = {};

    private long[] entries = new long[WIDTH * 64];
    private int[][] owned = new int[64][];
    private int size;
    private boolean recording;

    void begin() {
        size = 0;
        recording = true;
    }

    void end() {
        recording = false;
    }

    void created(int node) {
        add(CREATED, node, 0, 0, NOTHING);
    }

    void linked(int node) {
        add(LINKED, node, 0, 0, NOTHING);
    }

    void unlinked(int node, int from, long begin, int[] own) {
        add(UNLINKED, node, from, begin, own);
    }

    void released(int node, long weight, long used) {
        add(RELEASED, node, weight, used, NOTHING);
    }

    void undo(PrefixTree tree) {
        recording = false;
        while (size > 0) {
            size--;
            undo(tree, size * WIDTH);
        }
    }

    private void undo(PrefixTree tree, int at) {
        int node = (int) entries[at + 1];
        switch ((int) entries[at]) {
            case CREATED -> tree.undoCreate(node);
            case LINKED -> tree.unlink(node);
            case UNLINKED -> tree.link(node, (int) entries[at + 2], owned[size], entries[at + 3]);
            default -> tree.undoRelease(node, entries[at + 2], entries[at + 3]);
        }
    }

    private void add(int what, int node, long first, long second, int[] own) {
        if (!recording) {
            return;
        }
        if (size == owned.length) {
            owned = Arrays.copyOf(owned, size * 2);
            entries = Arrays.copyOf(entries, size * 2 * WIDTH);
        }
        int at = size * WIDTH;
        entries[at] = what;
        entries[at + 1] = node;
        entries[at + 2] = first;
        entries[at + 3] = second;
        owned[size++] = own;
    }
}
