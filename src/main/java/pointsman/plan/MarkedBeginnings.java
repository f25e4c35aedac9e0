package pointsman.plan;

import java.util.ArrayDeque;
import pointsman.cache.Prediction;

/// What a cache reads and writes that keeps only what is marked, if every beginning is marked that pays.
///
/// The beginnings that neighbours share are the inner nodes of a tree; the places where neighbours part give them by
/// their depth, a node being closed once a prompt comes that lacks it. What such a node has beyond the one above is
/// written by its first prompt and read by the others. It pays if there are enough of them, and then everything above
/// it pays too, which has at least as many. A provider's limit of marks in one prompt is not held here.
final class MarkedBeginnings {
    private final int minimum;
    private final double paying;
    private final ArrayDeque<Beginning> open = new ArrayDeque<>();
    private long hits;
    private long written;

    private MarkedBeginnings(int minimum, double paying) {
        this.minimum = minimum;
        this.paying = paying;
    }

    /// So many tokens that prompts share, from a position on.
    private record Beginning(int tokens, int from) {}

    /// @param shared by position: the tokens that a prompt shares with the one before
    /// @param tokens of all prompts
    /// @param minimum the fewest tokens that can be marked
    /// @param paying more prompts than these must have a beginning for it to be marked
    static Prediction predict(int[] shared, long tokens, int minimum, double paying) {
        var marked = new MarkedBeginnings(minimum, paying);
        for (int position = 1; position < shared.length; position++) {
            marked.part(position, shared[position]);
        }
        marked.part(shared.length, -1);
        return new Prediction(shared.length, tokens, marked.hits, marked.written);
    }

    /// The prompt at a position shares so many tokens with the one before.
    private void part(int position, int shared) {
        int from = position - 1;
        while (!open.isEmpty() && open.element().tokens() > shared) {
            var closed = open.pop();
            int above = Math.max(shared, open.isEmpty() ? 0 : open.element().tokens());
            close(closed.tokens(), above, position - closed.from());
            from = closed.from();
        }
        if (open.isEmpty() || open.element().tokens() < shared) {
            open.push(new Beginning(shared, from));
        }
    }

    private void close(int tokens, int above, int prompts) {
        if (tokens >= minimum && prompts > paying) {
            int own = tokens - (above >= minimum ? above : 0);
            written += own;
            hits += (long) own * (prompts - 1);
        }
    }
}
