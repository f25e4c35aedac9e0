package pointsman.score;

import java.util.stream.IntStream;

/// From a text to the ids that the encoder sees; `router-model/train/prompt.py` follows the same rules.
///
/// 1. A text of more than `headCharacters + tailCharacters` code points is cut to its first and last ones with a line
///    feed between them, so that a giant prompt costs no more than a long one.
/// 2. [WordPiece] makes tokens of it.
/// 3. The encoder sees `[CLS]`, the first `headTokens - 1` and the last `tailTokens - 1` tokens, `[SEP]`; all when they
/// fit.
///    What a user asks last matters most, and what comes first says what kind of prompt it is.
final class PromptTokenizer {
    private static final int CLS = 101;
    private static final int SEP = 102;

    private final WordPiece wordPiece;
    private final InputWindow window;

    PromptTokenizer(WordPiece wordPiece, InputWindow window) {
        this.wordPiece = wordPiece;
        this.window = window;
    }

    EncodedPrompt encode(String text) {
        var tokens = wordPiece.tokenize(window.bounded(text));
        var head = window.headTokens() - 1;
        var tail = window.tailTokens() - 1;
        var seen = tokens.length <= head + tail
                ? IntStream.of(tokens)
                : IntStream.concat(
                        IntStream.of(tokens).limit(head), IntStream.of(tokens).skip(tokens.length - tail));
        return new EncodedPrompt(
                IntStream.concat(IntStream.concat(IntStream.of(CLS), seen), IntStream.of(SEP))
                        .asLongStream()
                        .toArray(),
                tokens.length);
    }
}
