package pointsman.tokens;

import java.util.Arrays;
import java.util.PriorityQueue;
import pointsman.table.Dictionary;

/// Byte pair encoding: a piece of text is cut into its bytes, and of all neighbours the pair is joined that
/// makes the token of the lowest rank, the leftmost first, until no pair makes a token.
///
/// Most pieces are a token as they are. In the others a heap holds the pairs, so that a piece of any length takes
/// little more than linear time.
final class BytePairs {
    private static final int NONE = -1;

    private final Dictionary vocabulary;
    private final byte[] bytes;
    private final PriorityQueue<Long> pairs = new PriorityQueue<>();
    private int[] tokens;
    private int count;
    private int base;
    /// By the place of a part's first byte: where the part ends, where the one before begins, and the rank
    /// of the token that it makes with the one behind.
    private int[] end = {};
    private int[] before = {};
    private int[] rank = {};

    BytePairs(Dictionary vocabulary, byte[] bytes) {
        this.vocabulary = vocabulary;
        this.bytes = bytes;
        this.tokens = new int[8 + bytes.length / 4];
    }

    int count() {
        return count;
    }

    int[] tokens() {
        return Arrays.copyOf(tokens, count);
    }

    /// Encodes the piece `bytes[from, to)`.
    void add(int from, int to) {
        int whole = vocabulary.find(bytes, from, to);
        if (whole >= 0) {
            append(whole);
            return;
        }
        split(from, to - from);
        for (var pair = pairs.poll(); pair != null; pair = pairs.poll()) {
            int part = (int) (long) pair;
            if (rank[part] == pair >> Integer.SIZE) {
                join(part, to - from);
            }
        }
        for (int part = 0; part < to - from; part = end[part]) {
            append(vocabulary.find(bytes, from + part, from + end[part]));
        }
    }

    private void split(int from, int length) {
        base = from;
        if (end.length < length) {
            end = new int[length];
            before = new int[length];
            rank = new int[length];
        }
        for (int part = 0; part < length; part++) {
            end[part] = part + 1;
            before[part] = part - 1;
        }
        for (int part = 0; part < length; part++) {
            rankAnew(part, length);
        }
    }

    private void join(int part, int length) {
        int second = end[part];
        end[part] = end[second];
        rank[second] = NONE;
        if (end[part] < length) {
            before[end[part]] = part;
        }
        rankAnew(part, length);
        if (part > 0) {
            rankAnew(before[part], length);
        }
    }

    private void rankAnew(int part, int length) {
        rank[part] = end[part] == length ? NONE : vocabulary.find(bytes, base + part, base + end[end[part]]);
        if (rank[part] >= 0) {
            pairs.add((long) rank[part] << Integer.SIZE | part);
        }
    }

    private void append(int token) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
        }
        tokens[count++] = token;
    }
}
