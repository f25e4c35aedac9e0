package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptTokenizerTest {
    private static final long CLS = 101;
    private static final long SEP = 102;

    private final WordPiece wordPiece =
            new WordPiece(Map.of("[UNK]", 0, "a", 1, "b", 2, "c", 3, "d", 4, "e", 5, "f", 6));

    @Test
    void aShortTextIsSeenWhole() {
        var prompt = new PromptTokenizer(wordPiece, new InputWindow(100, 100, 3, 3)).encode("a b c d");

        assertThat(prompt.ids()).containsExactly(CLS, 1, 2, 3, 4, SEP);
        assertThat(prompt.tokenCount()).isEqualTo(4);
    }

    @Test
    void aLongTextIsSeenAtItsHeadAndItsTail() {
        var prompt = new PromptTokenizer(wordPiece, new InputWindow(100, 100, 2, 4)).encode("a b c d e f");

        assertThat(prompt.ids()).containsExactly(CLS, 1, 4, 5, 6, SEP);
        assertThat(prompt.tokenCount()).isEqualTo(6);
    }

    @Test
    void aGiantTextIsCutBeforeItIsTokenised() {
        var prompt = new PromptTokenizer(wordPiece, new InputWindow(3, 2, 96, 160))
                .encode("a b" + " c".repeat(9_999) + " d");

        assertThat(prompt.ids()).containsExactly(CLS, 1, 2, 4, SEP);
        assertThat(prompt.tokenCount()).isEqualTo(3);
    }

    @Test
    void charactersAreCountedAsCodePoints() {
        var window = new InputWindow(2, 1, 96, 160);

        assertThat(window.bounded("😀😀😀")).isEqualTo("😀😀😀");
        assertThat(window.bounded("😀😀😀😀")).isEqualTo("😀😀\n😀");
    }
}
