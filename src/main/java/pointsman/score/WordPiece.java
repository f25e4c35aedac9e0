package pointsman.score;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// BERT's uncased tokenizer: text is cleaned, stripped of accents and put in lower case, split at white space and
/// around punctuation, and each word is covered greedily by the longest pieces of the vocabulary (Schuster &
/// Nakajima 2012; Wu et al., arXiv 1609.08144). Names of special tokens in the text are ordinary text. Immutable.
final class WordPiece {
    private static final int LONGEST_WORD = 100; // code points; a longer word is unknown
    private static final String CONTINUATION = "##";

    private final Map<String, Integer> beginnings = new HashMap<>();
    private final Map<String, Integer> continuations = new HashMap<>();
    private final int longestPiece;
    private final int unknown;

    /// Takes the pieces that words are covered with.
    ///
    /// @param vocabulary piece -> id; a piece that continues a word begins with `##`
    @JsonCreator
    WordPiece(@JsonProperty("vocab") Map<String, Integer> vocabulary) {
        var unknownId = vocabulary.get("[UNK]");
        if (unknownId == null) {
            throw new IllegalArgumentException("the vocabulary has no [UNK]");
        }
        unknown = unknownId;
        vocabulary.forEach((piece, id) -> {
            if (piece.startsWith(CONTINUATION)) {
                continuations.put(piece.substring(CONTINUATION.length()), id);
            } else {
                beginnings.put(piece, id);
            }
        });
        longestPiece =
                vocabulary.keySet().stream().mapToInt(String::length).max().orElse(1);
    }

    /// Splits a text into pieces.
    ///
    /// @return the ids of the text's pieces, without special tokens
    int[] tokenize(String text) {
        var ids = IntStream.builder();
        var word = new StringBuilder();
        decomposed(text).codePoints().forEach(point -> {
            if (CodePoints.isSpace(point)) {
                cover(word, ids);
            } else if (CodePoints.isPunctuation(point)) {
                cover(word, ids);
                cover(word.appendCodePoint(point), ids);
            } else if (!CodePoints.isNonSpacingMark(point)) {
                CodePoints.appendLowerCase(point, word);
            }
        });
        cover(word, ids);
        return ids.build().toArray();
    }

    /// Cleaned, ideographs set apart, accents decomposed into marks of their own. ASCII needs the cleaning alone.
    private static String decomposed(String text) {
        var clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            if (CodePoints.isIdeograph(point)) {
                clean.append(' ').appendCodePoint(point).append(' ');
            } else if (CodePoints.isSpace(point)) {
                clean.append(' ');
            } else if (!CodePoints.isDropped(point)) {
                clean.appendCodePoint(point);
            }
        });
        return Normalizer.normalize(clean, Normalizer.Form.NFD);
    }

    /// Adds the pieces that cover `word`, or the unknown one if none do, and empties it.
    private void cover(StringBuilder word, IntStream.Builder ids) {
        if (!word.isEmpty()) {
            pieces(word.toString()).forEach(ids::add);
            word.setLength(0);
        }
    }

    private IntStream pieces(String word) {
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            return IntStream.of(unknown);
        }
        var pieces = IntStream.builder();
        var start = 0;
        while (start < word.length()) {
            var known = start == 0 ? beginnings : continuations;
            var end = Math.min(word.length(), start + longestPiece);
            while (end > start && !known.containsKey(word.substring(start, end))) {
                end--;
            }
            if (end == start) {
                return IntStream.of(unknown);
            }
            pieces.add(known.getOrDefault(word.substring(start, end), unknown));
            start = end;
        }
        return pieces.build();
    }
}
