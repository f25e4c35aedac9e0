package pointsman.dialect.continuation;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/// What words are made of, for writing with and without spaces. Looked at char by char: the halves of what
/// takes two of them (emoji, rare Han) count as writing without spaces.
final class Letters {
    private static final Set<UnicodeScript> UNSPACED = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.TIBETAN);
    private static final char FIRST_OF_UNSPACED = '\u0e00';
    private static final int MARKS =
            1 << Character.NON_SPACING_MARK | 1 << Character.COMBINING_SPACING_MARK | 1 << Character.ENCLOSING_MARK;

    private Letters() {}

    static boolean isSpace(char letter) {
        return Character.isWhitespace(letter) || Character.isSpaceChar(letter);
    }

    /// Part of a word that spaces set apart from the next.
    static boolean isOfWord(char letter) {
        return !isUnspaced(letter) && (Character.isLetterOrDigit(letter) || letter == '_' || isMark(letter));
    }

    /// Part of writing in which a word may begin anywhere.
    static boolean isUnspaced(char letter) {
        return letter >= FIRST_OF_UNSPACED
                && (Character.isSurrogate(letter)
                        || ((Character.isLetter(letter) || isMark(letter))
                                && UNSPACED.contains(UnicodeScript.of(letter))));
    }

    private static boolean isMark(char letter) {
        return (MARKS >> Character.getType(letter) & 1) != 0;
    }
}
