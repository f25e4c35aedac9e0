package pointsman.table;

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
/// Before a word may stand one character that is no letter, digit or line end; behind it `'s`, `'t`, `'re`, `'ve`,
/// `'m`,
/// `'ll` or `'d`, in capitals too.
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

    private static final int[] ASCII = ascii();
    private static final String[] SUFFIXES = {"s", "t", "re", "ve", "m", "ll", "d"};

    private final String text;

    Pieces(String text) {
        this.text = text;
    }

    /// Where the piece ends that begins at a place.
    int end(int from) {
        int word = word(from);
        if (word != NONE) {
            return suffixed(word);
        }
        if (is(from, DIGIT)) {
            return digits(from);
        }
        int other = run(text.charAt(from) == ' ' ? from + 1 : from, OTHER);
        return other > from + 1 || is(from, OTHER) ? run(other, LINE_END | SLASH) : space(from);
    }

    private int word(int from) {
        int start = is(from, PREFIX) ? next(from) : from;
        int end = small(start);
        end = end == NONE ? small(from) : end;
        end = end == NONE ? capitals(start) : end;
        return end == NONE ? capitals(from) : end;
    }

    /// Where a word with a small letter ends. If none follows the capitals, the last of them without case counts as
    /// one.
    private int small(int start) {
        int capitals = run(start, UPPER);
        int end = run(capitals, LOWER);
        if (end > capitals) {
            return end;
        }
        while (end > start && !is(text.offsetByCodePoints(end, -1), LOWER)) {
            end = text.offsetByCodePoints(end, -1);
        }
        return end > start ? end : NONE;
    }

    private int capitals(int start) {
        int capitals = run(start, UPPER);
        return capitals > start ? run(capitals, LOWER) : NONE;
    }

    private int suffixed(int end) {
        if (end < text.length() && text.charAt(end) == '\'') {
            for (var suffix : SUFFIXES) {
                if (text.regionMatches(true, end + 1, suffix, 0, suffix.length())) {
                    return end + 1 + suffix.length();
                }
            }
        }
        return end;
    }

    private int digits(int from) {
        int end = next(from);
        for (int more = 0; more < 2 && is(end, DIGIT); more++) {
            end = next(end);
        }
        return end;
    }

    private int space(int from) {
        int end = run(from, SPACE);
        for (int at = end; at > from; at--) {
            if (is(at - 1, LINE_END)) {
                return at;
            }
        }
        return end == text.length() || end == from + 1 ? end : end - 1;
    }

    /// Where the characters end, from a place on, that are of one of these kinds.
    private int run(int from, int kinds) {
        int end = from;
        while (is(end, kinds)) {
            end = next(end);
        }
        return end;
    }

    private boolean is(int at, int kinds) {
        return at < text.length() && (kind(at) & kinds) != 0;
    }

    private int next(int at) {
        return at + (Character.isHighSurrogate(text.charAt(at)) ? Character.charCount(text.codePointAt(at)) : 1);
    }

    private int kind(int at) {
        char first = text.charAt(at);
        return first < ASCII.length ? ASCII[first] : kindOf(text.codePointAt(at));
    }

    private static int[] ascii() {
        var ascii = new int[128];
        for (int point = 0; point < ascii.length; point++) {
            ascii[point] = kindOf(point);
        }
        return ascii;
    }

    private static int kindOf(int point) {
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
