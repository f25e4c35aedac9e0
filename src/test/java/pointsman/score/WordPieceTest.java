package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WordPieceTest {
    private final WordPiece wordPiece = new WordPiece(Map.of(
            "[UNK]", 100, "play", 1, "##ing", 2, "##s", 3, ",", 4, "的", 5, "uber", 6, "x", 7, "##x", 8, "[", 9, "sep",
            10, "]", 11));

    @Test
    void theLongestPieceComesFirst() {
        assertThat(wordPiece.tokenize("Playing plays")).containsExactly(1, 2, 1, 3);
    }

    @Test
    void aWordThatPiecesCannotCoverIsUnknownAsAWhole() {
        assertThat(wordPiece.tokenize("playful")).containsExactly(100);
    }

    @Test
    void aWordOfMoreThanAHundredCharactersIsUnknown() {
        assertThat(wordPiece.tokenize("x".repeat(100))).hasSize(100);
        assertThat(wordPiece.tokenize("x".repeat(101))).containsExactly(100);
    }

    @Test
    void accentsAndCaseDoNotMatter() {
        assertThat(wordPiece.tokenize("Über U\u0308BER")).containsExactly(6, 6);
    }

    @Test
    void punctuationAndIdeographsStandAlone() {
        assertThat(wordPiece.tokenize("play,的的play")).containsExactly(1, 4, 5, 5, 1);
    }

    @Test
    void controlCharactersLeaveNoTrace() {
        assertThat(wordPiece.tokenize("pl\u0000a\u200by\ud800\ufffd")).containsExactly(1);
    }

    @Test
    void namesOfSpecialTokensAreOrdinaryText() {
        assertThat(wordPiece.tokenize("[SEP]")).containsExactly(9, 10, 11);
    }

    @Test
    void nothingGivesNothing() {
        assertThat(wordPiece.tokenize(" \t\n")).isEmpty();
    }
}
