package pointsman.cache;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Cuts a sequence of prompts into lanes where little is lost.
///
/// The cut between two lanes is moved from its even place by up to a quarter of a lane, to where the row
/// shares the fewest tokens with the row before it. So a lane has between half and one and a half times
/// the even share.
///
/// @param shared by position: the tokens that are shared with the position before
/// @param sizes by position: all tokens
public record LaneCuts(int[] shared, int[] sizes) {
    /// Where each of so many lanes begins, ascending, the first at 0; fewer than asked for if there are
    /// fewer prompts.
    public int[] starts(int lanes) {
        if (lanes < 1) {
            throw new IllegalArgumentException("a plan has one lane or more, not " + lanes);
        }
        if (sizes.length == 0) {
            return new int[0];
        }
        var before = new long[sizes.length + 1];
        for (int position = 0; position < sizes.length; position++) {
            before[position + 1] = before[position] + Math.max(1, sizes[position]);
        }
        int count = Math.min(lanes, sizes.length);
        return IntStream.range(0, count)
                .map(lane -> lane == 0 ? 0 : cut(before, lane, count))
                .distinct()
                .toArray();
    }

    private int cut(long[] before, int lane, int lanes) {
        double share = (double) before[sizes.length] / lanes;
        int from = position(before, (lane - 0.25) * share);
        int to = position(before, (lane + 0.25) * share);
        int best = position(before, lane * share);
        for (int position = from; position <= to; position++) {
            best = shared[position] < shared[best] ? position : best;
        }
        return best;
    }

    private int position(long[] before, double tokens) {
        int found = Arrays.binarySearch(before, (long) tokens);
        return Math.clamp(found < 0 ? -found - 1 : found, 1, sizes.length - 1);
    }
}
