package pointsman.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// One run of [SplitTree]: what every group saves at best, if it tries its few most promising choices.
///
/// What a group saves below does not depend on the order in which the columns came to stand in front, only on which
/// rows it holds. Those are the rows that agree with its first row in the choices that are constant in it, so the set
/// of those choices and that row are its name, and a group that is reached on several ways is worked off once.
///
/// A split by a column saves its key in every row but the group's first, and every value in all of its rows but
/// one. Where no choice is left, or none is worth a split, the rows go on with their longest key. Once the budget is
/// spent every group takes its most promising choice, so that a run always ends with a whole tree.
final class SplitSearch {
    private final Cells cells;
    private final int[] choices;
    private final int width;
    private final SearchBudget budget;
    private final Partition.Scratch scratch;
    private final Map<Long, Best> known = new HashMap<>();
    private final long saved;
    private long steps;

    /// Runs.
    ///
    /// @param width how many choices a group tries at most
    /// @param steps how many steps of the budget are taken already
    SplitSearch(Cells cells, int[] choices, int width, SearchBudget budget, long steps) {
        this.cells = cells;
        this.choices = choices;
        this.width = width;
        this.budget = budget;
        this.steps = steps;
        this.scratch = new Partition.Scratch(cells);
        this.saved = best(Ordering.identity(cells.rows()), new boolean[cells.width()]);
    }

    /// The column that a group is split by, or -1 if it is not, and what it saves from there on.
    private record Best(int column, long saved) {}

    /// A column to split by, the groups that this makes, and what it saves by itself.
    private record Split(int column, Partition groups, long gain) {}

    /// The tokens that the tree saves.
    long saved() {
        return saved;
    }

    long steps() {
        return steps;
    }

    /// The plan that the tree is.
    Ordering ordering() {
        return new SplitOrdering(cells, this).ordering();
    }

    /// The column that a group is split by once all columns that are constant in it stand in front; -1 for none.
    int choice(int[] members, boolean[] front) {
        var best = known.get(name(members, front));
        return best == null ? -1 : best.column();
    }

    private long best(int[] members, boolean[] above) {
        if (members.length < 2) {
            return 0;
        }
        boolean[] front = above.clone();
        long brought = (members.length - 1L) * bring(members, front);
        if (members.length == 2) {
            return brought + unsplit(members, front).saved();
        }
        long name = name(members, front);
        var best = known.get(name);
        if (best == null) {
            best = choose(members, front);
            known.put(name, best);
        }
        return brought + best.saved();
    }

    /// Puts the columns that are constant in the group in front, and returns their tokens.
    private int bring(int[] members, boolean[] front) {
        int tokens = 0;
        for (int column = 0; column < front.length; column++) {
            if (!front[column] && isConstant(members, cells.codes()[column])) {
                front[column] = true;
                tokens += cells.key(column) + cells.value(column, members[0]);
            }
        }
        return tokens;
    }

    private boolean isConstant(int[] members, int[] codes) {
        int at = 1;
        while (at < members.length && codes[members[at]] == codes[members[0]]) {
            at++;
        }
        steps += at;
        return at == members.length;
    }

    private Best choose(int[] members, boolean[] front) {
        var best = unsplit(members, front);
        for (var split : splits(members, front)) {
            long total = split.gain();
            var groups = split.groups();
            boolean[] below = front.clone();
            below[split.column()] = true;
            for (int group = 0; group < groups.groups(); group++) {
                total += best(Arrays.copyOfRange(groups.rows(), groups.start(group), groups.ends()[group]), below);
            }
            best = total > best.saved() ? new Best(split.column(), total) : best;
        }
        return best;
    }

    private Best unsplit(int[] members, boolean[] front) {
        int longest = IntStream.range(0, front.length)
                .filter(column -> !front[column])
                .map(cells::key)
                .max()
                .orElse(0);
        return new Best(-1, (members.length - 1L) * longest);
    }

    /// The most promising splits, the best first.
    private List<Split> splits(int[] members, boolean[] front) {
        var whole = new Partition(members, new int[] {members.length});
        var splits = new ArrayList<Split>();
        for (int column : choices) {
            if (!front[column]) {
                steps += members.length;
                splits.add(split(cells, whole, column, scratch));
            }
        }
        splits.sort(Comparator.comparingLong(split -> -split.gain()));
        int most = budget.isSpent(steps) ? 1 : width;
        return splits.size() <= most ? splits : List.copyOf(splits.subList(0, most));
    }

    /// What a split by a column saves by itself.
    static long gain(Cells cells, Partition groups, int column) {
        return split(cells, groups, column, new Partition.Scratch(cells, column))
                .gain();
    }

    private static Split split(Cells cells, Partition groups, int column, Partition.Scratch scratch) {
        int[] codes = cells.codes()[column];
        var refined = groups.refined(codes, scratch);
        long gain = (long) groups.repeats() * cells.key(column)
                + refined.repeated(codes, cells.weights()[cells.group()[column]]);
        return new Split(column, refined, gain);
    }

    private long name(int[] members, boolean[] front) {
        long set = 0;
        for (int choice = 0; choice < choices.length; choice++) {
            set |= front[choices[choice]] ? 1L << choice : 0;
        }
        return set << Integer.SIZE | members[0];
    }
}
