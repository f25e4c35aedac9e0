package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordPieceTest {
    private static final List<String> PIECES =
            List.of("[UNK]", "play", "##ing", "##s", ",", "的", "uber", "x", "##x", "[", "sep", "]");

    private final WordPiece wordPiece =
            new WordPiece(IntStream.range(0, PIECES.size()).boxed().collect(Collectors.toMap(PIECES::get, id -> id)));

    @Test
    void theLongestPieceComesFirst() {
        assertThat(wordPiece.tokenize("Playing plays")).containsExactly(1, 2, 1, 3);
    }

    @Test
    void aWordThatPiecesCannotCoverIsUnknownAsAWhole() {
        assertThat(wordPiece.tokenize("playful")).containsExactly(0);
    }

    @Test
    void aWordOfMoreThanAHundredCharactersIsUnknown() {
        assertThat(wordPiece.tokenize("x".repeat(100))).hasSize(100);
        assertThat(wordPiece.tokenize("x".repeat(101))).containsExactly(0);
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
