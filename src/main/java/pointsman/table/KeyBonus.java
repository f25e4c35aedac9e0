package pointsman.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// What two prompts still share where they part: the key of the first differing cell, if both put the same one
/// there.
///
/// Rows that part can put any column first that is not in their common core, so they share the longest key that
/// is left. For siblings with little freedom this is a bound rather than the truth; [HitCount] judges the
/// finished plan. Only the first 64 groups are told apart. The key of a set of columns is always taken to be
/// left.
final class KeyBonus {
    private final int[] groups;
    private final int[] keys;
    private final long[] bit;

    KeyBonus(Cells cells) {
        int count = cells.keys().length;
        keys = cells.keys();
        groups = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingInt(group -> -keys[group]))
                .mapToInt(Integer::intValue)
                .toArray();
        bit = new long[count];
        for (int group = 0; group < Math.min(count, Long.SIZE); group++) {
            int number = group;
            boolean alone =
                    Arrays.stream(cells.group()).filter(g -> g == number).count() == 1;
            bit[group] = alone ? 1L << group : 0;
        }
    }

    /// The bit of a group in the masks that [#of] takes; 0 if it has none.
    long bit(int group) {
        return bit[group];
    }

    /// The longest key outside the groups of the mask.
    int of(long mask) {
        for (int group : groups) {
            if ((bit[group] & mask) == 0) {
                return keys[group];
            }
        }
        return 0;
    }
}
