package pointsman.tokens;

import java.util.stream.IntStream;

/// Cuts a text into the pieces that `o200k_base` encodes one by one.
///
/// The rule is a regular expression; it is written out here as the scanner that it stands for, because a general
/// engine takes several times as long, and much longer to get going. In its order of preference a piece is
///
/// 1. a word: capitals, then at least one small letter. Letters without case and marks count as both
/// 2. a word: at least one capital, then small letters
/// 3. one to three digits
/// 4. anything else that is no white space, then line ends and slashes; a space may stand before it
/// 5. white space up to the last line end in it
/// 6. white space but for its last character, if something follows
/// 7. white space
///
/// Before a word may stand one character that is no letter, digit or line end; behind it `'s`, `'t`, `'re`,
/// `'ve`, `'m`, `'ll` or `'d`, in capitals too.
final class Pieces {
    private static final int NONE = -1;

    private static final int UPPER = 1;
    private static final int LOWER = 1 << 1;
    private static final int DIGIT = 1 << 2;
    private static final int SPACE = 1 << 3;
    private static final int LINE_END = 1 << 4;
    private static final int SLASH = 1 << 5;
    private static final int OTHER = 1 << 6;
    /// What may stand before a word.
    private static final int PREFIX = 1 << 7;

    private static final int[] ASCII = IntStream.range(0, 128).map(Pieces::kind).toArray();
    private static final String[] SUFFIXES = {"s", "t", "re", "ve", "m", "ll", "d"};

    private final int[] points;
    private final int[] kinds;
    private final int length;

    /// The text's code points, and what kind each is of: so the scanner meets neither surrogates nor tables.
    Pieces(String text) {
        points = new int[text.length()];
        kinds = new int[text.length() + 1];
        int count = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(points[count++])) {
            points[count] = text.codePointAt(at);
            kinds[count] = points[count] < ASCII.length ? ASCII[points[count]] : kind(points[count]);
        }
        length = count;
    }

    /// How many code points the text has.
    int length() {
        return length;
    }

    /// Where the piece ends that begins at a place.
    int end(int from) {
        int word = word(from);
        if (word != NONE) {
            return suffixed(word);
        }
        if (is(from, DIGIT)) {
            return Math.min(from + 3, run(from, DIGIT));
        }
        int start = points[from] == ' ' ? from + 1 : from;
        return is(start, OTHER) ? run(run(start, OTHER), LINE_END | SLASH) : space(from);
    }

    /// How many bytes the code points take in UTF-8; half a surrogate pair becomes a question mark.
    int bytes(int from, int to) {
        int bytes = 0;
        for (int at = from; at < to; at++) {
            int point = points[at];
            boolean isOne = point < 0x80 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
            bytes += isOne ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        }
        return bytes;
    }

    private int word(int from) {
        int start = is(from, PREFIX) ? from + 1 : from;
        int end = small(start);
        end = end == NONE ? small(from) : end;
        end = end == NONE ? capitals(start) : end;
        return end == NONE ? capitals(from) : end;
    }

    /// Where a word with a small letter ends. If none follows the capitals, the last of them without case
    /// counts as one.
    private int small(int start) {
        int capitals = run(start, UPPER);
        int end = run(capitals, LOWER);
        if (end > capitals) {
            return end;
        }
        while (end > start && !is(end - 1, LOWER)) {
            end--;
        }
        return end > start ? end : NONE;
    }

    private int capitals(int start) {
        int capitals = run(start, UPPER);
        return capitals > start ? run(capitals, LOWER) : NONE;
    }

    private int suffixed(int end) {
        if (end < length && points[end] == '\'') {
            for (var suffix : SUFFIXES) {
                if (isNext(suffix, end + 1)) {
                    return end + 1 + suffix.length();
                }
            }
        }
        return end;
    }

    private boolean isNext(String suffix, int from) {
        for (int i = 0; i < suffix.length(); i++) {
            if (from + i >= length
                    || Character.toLowerCase(Character.toUpperCase(points[from + i])) != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int space(int from) {
        int end = run(from, SPACE);
        for (int at = end; at > from; at--) {
            if (is(at - 1, LINE_END)) {
                return at;
            }
        }
        return end == length || end == from + 1 ? end : end - 1;
    }

    /// Where the characters end, from a place on, that are of one of these kinds.
    private int run(int from, int some) {
        int end = from;
        while (is(end, some)) {
            end++;
        }
        return end;
    }

    /// Whether the character is of one of these kinds; behind the text there is none.
    private boolean is(int at, int some) {
        return (kinds[at] & some) != 0;
    }

    private static int kind(int point) {
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UPPER;
            case Character.LOWERCASE_LETTER -> LOWER;
            case Character.MODIFIER_LETTER, Character.OTHER_LETTER -> UPPER | LOWER;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
                UPPER | LOWER | OTHER | PREFIX;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> DIGIT;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE | PREFIX;
            default ->
                switch (point) {
                    case '\r', '\n' -> SPACE | LINE_END;
                    case '/' -> OTHER | PREFIX | SLASH;
                    case '\t', 0x0B, '\f', 0x85 -> SPACE | PREFIX;
                    default -> OTHER | PREFIX;
                };
        };
    }
}
