package pointsman.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;

import pointsman.table.Dictionary;

/// OpenAI's `o200k_base` vocabulary; texts that look like control tokens are taken as plain text.
///
/// A text is cut into [Pieces], and each is merged out of its bytes by [BytePairs]. The vocabulary comes with
/// JTokkit, which the tests hold this against; only its 200,000 maps of boxed numbers are too slow for a command that
/// plans one small table: it takes them half a second to load, and a [Dictionary] a tenth of that. It is loaded once a
/// process, with this class. Safe for use by several threads.
public final class O200k implements TokenCounter {
    private static final Dictionary VOCABULARY = Vocabulary.o200k();

    @Override
    public int count(String text) {
        return pairs(text).count();
    }

    /// The tokens of a text, in order.
    public int[] encode(String text) {
        return pairs(text).tokens();
    }

    private static BytePairs pairs(String text) {
        var pairs = new BytePairs(VOCABULARY, text.getBytes(UTF_8));
        var pieces = new Pieces(text);
        int from = 0;
        for (int at = 0; at < pieces.length(); ) {
            int end = pieces.end(at);
            int to = from + pieces.bytes(at, end);
            pairs.add(from, to);
            at = end;
            from = to;
        }
        return pairs;
    }
}
