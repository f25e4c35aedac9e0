package pointsman.score;

import static java.lang.Character.CONNECTOR_PUNCTUATION;
import static java.lang.Character.CONTROL;
import static java.lang.Character.DASH_PUNCTUATION;
import static java.lang.Character.END_PUNCTUATION;
import static java.lang.Character.FINAL_QUOTE_PUNCTUATION;
import static java.lang.Character.FORMAT;
import static java.lang.Character.INITIAL_QUOTE_PUNCTUATION;
import static java.lang.Character.OTHER_PUNCTUATION;
import static java.lang.Character.PRIVATE_USE;
import static java.lang.Character.START_PUNCTUATION;
import static java.lang.Character.SURROGATE;

/// What BERT's tokenizer asks of a code point. The classes are those of its reference implementation, oddities
/// included.
final class CodePoints {
    private CodePoints() {}

    /// White space that separates words: U+000B, U+000C and U+0085 are control characters here and dropped.
    static boolean isSpace(int point) {
        return point == '\t' || point == '\n' || point == '\r' || Character.isSpaceChar(point);
    }

    /// Characters that leave no trace, not even a gap between words.
    static boolean isDropped(int point) {
        return point == 0xFFFD
                || switch (Character.getType(point)) {
                    case CONTROL, FORMAT, PRIVATE_USE, SURROGATE -> true;
                    default -> false;
                };
    }

    static boolean isNonSpacingMark(int point) {
        return Character.getType(point) == Character.NON_SPACING_MARK;
    }

    /// ASCII's symbols count as punctuation too (`$`, `+`, `<`, `^`, `|`, `~` and the backtick).
    static boolean isPunctuation(int point) {
        return point < 0x80
                ? isAsciiPunctuation(point)
                : switch (Character.getType(point)) {
                    case CONNECTOR_PUNCTUATION,
                            DASH_PUNCTUATION,
                            START_PUNCTUATION,
                            END_PUNCTUATION,
                            INITIAL_QUOTE_PUNCTUATION,
                            FINAL_QUOTE_PUNCTUATION,
                            OTHER_PUNCTUATION -> true;
                    default -> false;
                };
    }

    private static boolean isAsciiPunctuation(int point) {
        return point > ' ' && point < 0x7F && !Character.isLetterOrDigit(point);
    }

    /// Ideographs, each of which is a word of its own: CJK without kana and hangul.
    static boolean isIdeograph(int point) {
        return point >= 0x3400
                && (within(point, 0x4E00, 0x9FFF)
                        || within(point, 0x3400, 0x4DBF)
                        || within(point, 0x20000, 0x2A6DF)
                        || within(point, 0x2A700, 0x2B73F)
                        || within(point, 0x2B740, 0x2B81F)
                        || within(point, 0x2B920, 0x2CEAF)
                        || within(point, 0xF900, 0xFAFF)
                        || within(point, 0x2F800, 0x2FA1F));
    }

    private static boolean within(int point, int first, int last) {
        return point >= first && point <= last;
    }

    /// Lower case of this one code point, whatever stands around it: a final sigma stays an ordinary one.
    static void appendLowerCase(int point, StringBuilder word) {
        word.appendCodePoint(Character.toLowerCase(point));
    }
}
