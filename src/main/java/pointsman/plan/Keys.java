package pointsman.plan;

import java.util.Comparator;
import java.util.stream.IntStream;

/// The keys of the groups as bits, for asking quickly which is the longest key in a set of groups.
///
/// Where two prompts part they still share one key, if both put the same column there. Which ones a row can put
/// there is a set of groups: those that are not used up yet. Only the 64 longest keys have a bit; the others are
/// taken to save nothing.
final class Keys {
    private final long[] bit;
    private final boolean[] single;
    private final int[] keyOfBit = new int[Long.SIZE];

    Keys(Cells cells) {
        int groups = cells.keys().length;
        bit = new long[groups];
        single = new boolean[groups];
        int[] byLength = IntStream.range(0, groups)
                .boxed()
                .sorted(Comparator.comparingInt(group -> -cells.keys()[group]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int rank = 0; rank < Math.min(groups, Long.SIZE); rank++) {
            bit[byLength[rank]] = 1L << rank;
            keyOfBit[rank] = cells.keys()[byLength[rank]];
        }
        for (int number = 0; number < groups; number++) {
            int group = number;
            single[group] = IntStream.of(cells.group()).filter(g -> g == group).count() == 1;
        }
    }

    /// How many groups have a bit: the bits are the lowest ones.
    int count() {
        return Math.min(bit.length, Long.SIZE);
    }

    /// The set of all groups that have a bit.
    long all() {
        return count() == Long.SIZE ? -1 : (1L << count()) - 1;
    }

    /// The set that holds just this group.
    long bit(int group) {
        return bit[group];
    }

    /// The set of the groups that are used up once a cell of this group has been placed: a set of columns never
    /// is.
    long used(int group) {
        return single[group] ? bit[group] : 0;
    }

    /// The one-group set of the longest key in the set; 0 if no group in it has a key.
    long longest(long set) {
        long lowest = Long.lowestOneBit(set);
        return lowest == 0 || keyOfBit[Long.numberOfTrailingZeros(lowest)] == 0 ? 0 : lowest;
    }

    /// The tokens of the key in a one-group set; 0 for the empty set.
    int tokens(long one) {
        return one == 0 ? 0 : keyOfBit[Long.numberOfTrailingZeros(one)];
    }
}
