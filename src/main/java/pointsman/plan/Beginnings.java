package pointsman.plan;

/// Chooses which key each of several siblings begins with.
final class Beginnings {
    private Beginnings() {}

    /// Takes, again and again, the group whose key saves most tokens among the siblings that have none yet, and
    /// gives it to all of those that can begin with it. The last ones, which share none, get their longest.
    ///
    /// @param choice by sibling: the set of groups that it can begin with
    /// @return by sibling: a one-group set, or 0 where there is no choice
    static long[] chosen(Keys keys, long[] choice) {
        var chosen = new long[choice.length];
        for (long group = best(keys, choice, chosen); group != 0; group = best(keys, choice, chosen)) {
            for (int i = 0; i < choice.length; i++) {
                if (chosen[i] == 0 && (choice[i] & group) != 0) {
                    chosen[i] = group;
                }
            }
        }
        for (int i = 0; i < choice.length; i++) {
            chosen[i] = chosen[i] == 0 ? keys.longest(choice[i]) : chosen[i];
        }
        return chosen;
    }

    private static long best(Keys keys, long[] choice, long[] chosen) {
        var counts = new int[keys.count()];
        for (int i = 0; i < choice.length; i++) {
            long left = chosen[i] == 0 ? choice[i] & keys.all() : 0;
            for (; left != 0; left &= left - 1) {
                counts[Long.numberOfTrailingZeros(left)]++;
            }
        }
        long best = 0;
        long most = 0;
        for (int bit = 0; bit < counts.length; bit++) {
            long tokens = (long) (counts[bit] - 1) * keys.tokens(1L << bit);
            if (tokens > most) {
                most = tokens;
                best = 1L << bit;
            }
        }
        return best;
    }
}
