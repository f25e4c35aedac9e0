package pointsman.table;

/// Builds a prefix tree from an ordering
final class TreeSeed {
    // nested groups from LCP (in fields) via a stack: insert rows one after another hinting along
    static void seed(PrefixTree tree, Cells cells, Ordering o) {
        int n = o.size();
        // lcp in cells
        int[] lcp = new int[n + 1];
        for (int p = 1; p < n; p++) {
            int r = o.row(p), b = o.row(p - 1);
            int[] x = o.order(p), y = o.order(p - 1);
            int i = 0;
            while (i < x.length
                    && cells.group()[x[i]] == cells.group()[y[i]]
                    && cells.codes()[x[i]][r] == cells.codes()[y[i]][b]) i++;
            lcp[p] = i;
        }
        build(tree, o, lcp, 0, n, tree.root());
    }
    /// rows [from,to) share at least something; create nodes
    static void build(PrefixTree tree, Ordering o, int[] lcp, int from, int to, int node) {
        // iterative explicit stack of segments
        var stack = new java.util.ArrayDeque<int[]>();
        stack.push(new int[] {from, to, node});
        while (!stack.isEmpty()) {
            int[] s = stack.pop();
            int f = s[0], t = s[1], nd = s[2];
            int min = Integer.MAX_VALUE;
            for (int p = f + 1; p < t; p++) min = Math.min(min, lcp[p]);
            int a = f;
            for (int p = f + 1; p <= t; p++) {
                if (p == t || lcp[p] == min) {
                    if (p - a == 1) tree.attachRow(o.row(a), nd);
                    else if (min == 0 && false) {
                    } else {
                        int child = tree.attachGroup(o, a, p, nd);
                        stack.push(new int[] {a, p, child});
                    }
                    a = p;
                }
            }
        }
    }
}
