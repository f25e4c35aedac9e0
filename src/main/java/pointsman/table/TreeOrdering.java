package pointsman.table;

import java.util.*;

/// tree -> ordering
final class TreeOrdering {
    private final PrefixTree tree;
    private final Cells cells;
    private final Items items;
    private final int[] rows;
    private final int[][] fields;
    private int at;
    private final Map<List<Integer>, int[]> pool = new HashMap<>();

    TreeOrdering(PrefixTree tree, Cells cells) {
        this.tree = tree;
        this.cells = cells;
        this.items = tree.items;
        rows = new int[cells.rows()];
        fields = new int[cells.rows()][];
    }

    Ordering ordering() {
        var prefix = new ArrayList<Integer>();
        for (int i : tree.own(tree.root())) prefix.add(i);
        walk(prefix);
        return Ordering.perRow(rows, fields);
    }

    private record Frame(int node, int[] kids, int[] heads, int i, int prefixSize) {}

    private void walk(ArrayList<Integer> prefix) {
        var stack = new ArrayDeque<Object[]>();
        stack.push(open(tree.root()));
        var sizes = new ArrayDeque<Integer>();
        sizes.push(prefix.size());
        while (!stack.isEmpty()) {
            var f = stack.peek();
            int[] kids = (int[]) f[0], heads = (int[]) f[1];
            int[] i = (int[]) f[2];
            while (prefix.size() > sizes.peek()) prefix.removeLast();
            if (i[0] == kids.length) {
                stack.pop();
                sizes.pop();
                continue;
            }
            int kid = kids[i[0]], head = heads[i[0]];
            i[0]++;
            if (tree.isLeaf(kid)) {
                emit(kid, prefix, head);
                continue;
            }
            int[] own = tree.own(kid).clone();
            for (int k = 0; k < own.length; k++)
                if (items.group()[own[k]] == head) {
                    int t = own[k];
                    own[k] = own[0];
                    own[0] = t;
                    break;
                }
            for (int o : own) prefix.add(o);
            sizes.push(prefix.size());
            stack.push(open(kid));
        }
    }

    private Object[] open(int node) {
        int k = tree.children(node);
        int[] kids = new int[k];
        int c = 0;
        for (int n = tree.first(node); n != PrefixTree.NONE; n = tree.next(n)) kids[c++] = n;
        int[] heads = new int[k];
        Arrays.fill(heads, -1);
        // groups available per kid
        int G = cells.keys().length;
        BitSet inCore = new BitSet();
        int[] coreCount = new int[G];
        for (int n = node; n != PrefixTree.NONE; n = tree.parent(n))
            for (int i : tree.own(n)) coreCount[items.group()[i]]++;
        int[] cols = new int[G];
        for (int g : cells.group()) cols[g]++;
        boolean[] leafHas = new boolean[G];
        for (int g = 0; g < G; g++) leafHas[g] = coreCount[g] < cols[g];
        int left = k;
        int leaves = 0;
        for (int kid : kids) if (tree.isLeaf(kid)) leaves++;
        var done = new boolean[k];
        while (left > 0) {
            int[] n = new int[G];
            int undoneLeaves = 0;
            for (int j = 0; j < k; j++)
                if (!done[j]) {
                    if (tree.isLeaf(kids[j])) undoneLeaves++;
                    else {
                        var s = new boolean[G];
                        for (int i : tree.own(kids[j])) {
                            int g = items.group()[i];
                            if (!s[g]) {
                                s[g] = true;
                                n[g]++;
                            }
                        }
                    }
                }
            int best = -1;
            long bv = -1;
            for (int g = 0; g < G; g++) {
                int t = n[g] + (leafHas[g] ? undoneLeaves : 0);
                if (t > 0) {
                    long v = (long) (t - 1) * cells.keys()[g];
                    if (v > bv) {
                        bv = v;
                        best = g;
                    }
                }
            }
            if (best < 0) break;
            boolean any = false;
            for (int j = 0; j < k; j++)
                if (!done[j]) {
                    boolean ok = false;
                    if (tree.isLeaf(kids[j])) ok = leafHas[best];
                    else for (int i : tree.own(kids[j])) if (items.group()[i] == best) ok = true;
                    if (ok) {
                        done[j] = true;
                        heads[j] = best;
                        left--;
                        any = true;
                    }
                }
            if (!any) break;
        }
        Integer[] order = new Integer[k];
        for (int j = 0; j < k; j++) order[j] = j;
        Arrays.sort(order, Comparator.comparingInt(j -> heads[j]));
        int[] k2 = new int[k], h2 = new int[k];
        for (int j = 0; j < k; j++) {
            k2[j] = kids[order[j]];
            h2[j] = heads[order[j]];
        }
        return new Object[] {k2, h2, new int[1]};
    }

    private void emit(int row, List<Integer> prefix, int head) {
        int m = cells.width();
        boolean[] used = new boolean[m];
        int[] f = new int[m];
        int c = 0;
        var codes = cells.codes();
        for (int item : prefix) {
            int col = tree.columnOf(row, item, used, cells);
            used[col] = true;
            f[c++] = col;
        }
        if (head >= 0)
            for (int col = 0; col < m; col++)
                if (!used[col] && cells.group()[col] == head) {
                    used[col] = true;
                    f[c++] = col;
                    break;
                }
        for (int col = 0; col < m; col++) if (!used[col]) f[c++] = col;
        var key = new ArrayList<Integer>(m);
        for (int x : f) key.add(x);
        int[] g = pool.putIfAbsent(key, f);
        rows[at] = row;
        fields[at] = g == null ? f : g;
        at++;
    }
}
