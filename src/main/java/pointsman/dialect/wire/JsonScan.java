package pointsman.dialect.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Looks through one JSON document as it stands in bytes, without a copy, a string or a tree: what passes
/// on a stream is looked at many times a second, and little of it matters.
///
/// It is sure or it gives up. A name with an escape or a letter beyond ASCII, a number of many digits, deep
/// nesting, and whatever is not JSON in UTF-8: of these it says nothing, [#isWhole] is false in the end,
/// and somebody else has to read the document. So whoever asks gets what a whole parser would say, or no
/// answer.
///
/// Not safe for use by several threads. One instance looks through many documents, one after the other.
public final class JsonScan {
    private static final byte[] TRUE = "true".getBytes(US_ASCII);
    private static final byte[] FALSE = "false".getBytes(US_ASCII);
    private static final byte[] NULL = "null".getBytes(US_ASCII);
    private static final int DEEPEST = 64;
    private static final int LONGEST_NAME = 1_000;
    private static final int LONGEST_NUMBER = 100;
    /// Digits of a number that is told.
    private static final int LONGEST_TOLD = 12;

    private byte[] bytes = {};
    private int at;
    private int end;
    private int depth;
    private boolean lost;
    /// Whether something stands before this place in the object or list that is open.
    private boolean begun;
    /// The name or text that was read last.
    private int from;

    private int to;
    private boolean escaped;

    /// Begins a document: these bytes.
    public void begin(byte[] document, int first, int behind) {
        bytes = document;
        at = first;
        end = behind;
        depth = 0;
        lost = false;
        begun = false;
    }

    /// Whether the document was looked through to its end, and all of it is what it was taken for.
    public boolean isWhole() {
        return next() == 0 && at == end && !lost;
    }

    /// Gives up.
    ///
    /// @return false
    public boolean lose() {
        lost = true;
        at = end;
        return false;
    }

    /// Whether the value here begins with this character.
    public boolean is(char first) {
        return next() == first;
    }

    /// Enters the object that must begin here.
    ///
    /// @return whether one does
    public boolean beginObject() {
        return begin('{');
    }

    /// Enters the list that must begin here.
    ///
    /// @return whether one does
    public boolean beginList() {
        return begin('[');
    }

    private boolean begin(char bracket) {
        if (next() != bracket || ++depth > DEEPEST) {
            return lose();
        }
        at++;
        begun = false;
        return true;
    }

    /// Goes on to the next value of the object, or behind its end. The value before must have been read.
    ///
    /// @return whether there is one
    public boolean nextMember() {
        return nextIn('}') && name();
    }

    /// Goes on to the next value of the list, or behind its end. The value before must have been read.
    ///
    /// @return whether there is one
    public boolean nextElement() {
        return nextIn(']');
    }

    private boolean nextIn(char bracket) {
        if (next() == bracket) {
            at++;
            depth--;
            begun = true;
            return false;
        }
        if (begun) {
            if (next() != ',') {
                return lose();
            }
            at++;
            begun = false;
        }
        return next() == bracket ? lose() : !lost;
    }

    private boolean name() {
        if (next() != '"') {
            return lose();
        }
        from = at + 1;
        to = EightBytes.textEnd(bytes, from, end);
        if (to == end || bytes[to] != '"' || to - from > LONGEST_NAME) {
            return lose();
        }
        at = to + 1;
        if (next() != ':') {
            return lose();
        }
        at++;
        return true;
    }

    /// Whether the name of this value, or the text that was read last, is this word of ASCII.
    public boolean says(String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (bytes[from + i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The name of this value, or the text that was read last, as it is written.
    public String word() {
        return new String(bytes, from, to - from, UTF_8);
    }

    /// Where the text that was read last begins behind its quotation mark.
    public int textFrom() {
        return from;
    }

    /// Where the text that was read last ends before its quotation mark.
    public int textTo() {
        return to;
    }

    /// Whether the text that was read last may be white space and nothing else. Of an escape of white
    /// space, and of what is beyond ASCII, it is not sure.
    public boolean mayBeBlank() {
        int place = from;
        while (place < to) {
            int character = bytes[place];
            boolean isEscaped = character == '\\';
            if (isEscaped ? "bfnrtu".indexOf(bytes[place + 1]) < 0 : character > ' ') {
                return false;
            }
            place += !isEscaped ? 1 : bytes[place + 1] == 'u' ? 6 : 2;
        }
        return true;
    }

    /// Whether the text that was read last is written with escapes.
    public boolean isEscaped() {
        return escaped;
    }

    /// Reads the text that must be here.
    ///
    /// @return its length, in Java's characters
    public int text() {
        if (next() != '"') {
            lose();
            return 0;
        }
        from = at + 1;
        escaped = false;
        int length = 0;
        int place = from;
        while (true) {
            int plain = EightBytes.textEnd(bytes, place, end);
            length += plain - place;
            place = plain;
            if (place < end && bytes[place] == '"') {
                to = place;
                at = place + 1;
                begun = true;
                return length;
            }
            int taken = place == end ? 0 : bytes[place] == '\\' ? escape(place) : beyondAscii(place);
            if (taken == 0) {
                lose();
                return 0;
            }
            place += taken;
            length += taken == 4 ? 2 : 1;
        }
    }

    /// The bytes of the escape here, which stands for one letter; 0 if it is none.
    private int escape(int place) {
        escaped = true;
        if (place + 1 >= end) {
            return 0;
        }
        return switch (bytes[place + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> isHexadecimal(place + 2, place + 6) ? 6 : 0;
            default -> 0;
        };
    }

    private boolean isHexadecimal(int first, int behind) {
        for (int digit = first; digit < behind; digit++) {
            if (digit >= end || Character.digit(bytes[digit], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /// The bytes of the character here that is none of ASCII (RFC 3629), two to four; 0 if it is none. One
    /// of four takes two of Java's.
    private int beyondAscii(int place) {
        int lead = bytes[place] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || place + length > end) {
            return 0;
        }
        int second = bytes[place + 1];
        // None that has a shorter form, none of a surrogate, and none beyond the last.
        boolean isOne = (second & 0xC0) == 0x80
                && switch (lead) {
                    case 0xE0 -> (second & 0x20) != 0;
                    case 0xED -> (second & 0x20) == 0;
                    case 0xF0 -> (second & 0x30) != 0;
                    case 0xF4 -> (second & 0x30) == 0;
                    default -> true;
                };
        isOne &= length < 3 || (bytes[place + 2] & 0xC0) == 0x80;
        isOne &= length < 4 || (bytes[place + 3] & 0xC0) == 0x80;
        return isOne ? length : 0;
    }

    /// Reads the whole number that must be here, which is not negative.
    public long number() {
        long number = 0;
        next();
        int first = at;
        int behind = digits(first);
        if (behind - first > LONGEST_TOLD) {
            lose();
            return 0;
        }
        for (int digit = first; digit < behind; digit++) {
            number = 10 * number + bytes[digit] - '0';
        }
        skip();
        // A sign, a fraction or an exponent.
        if (at != behind) {
            lose();
        }
        return number;
    }

    /// Passes over the value here, whatever it is.
    public void skip() {
        switch (next()) {
            case '"' -> text();
            case '{' -> {
                for (var some = beginObject() && nextMember(); some; some = nextMember()) {
                    skip();
                }
            }
            case '[' -> {
                for (var some = beginList() && nextElement(); some; some = nextElement()) {
                    skip();
                }
            }
            case 't' -> skip(TRUE);
            case 'f' -> skip(FALSE);
            case 'n' -> skip(NULL);
            default -> skipNumber();
        }
    }

    private void skip(byte[] word) {
        if (end - at < word.length || !Arrays.equals(bytes, at, at + word.length, word, 0, word.length)) {
            lose();
            return;
        }
        at += word.length;
        begun = true;
    }

    private void skipNumber() {
        int first = at < end && bytes[at] == '-' ? at + 1 : at;
        int behind = digits(first);
        boolean isNumber = behind == first + 1 || (behind > first && bytes[first] != '0');
        if (isNumber && behind < end && bytes[behind] == '.') {
            int fraction = behind + 1;
            behind = digits(fraction);
            isNumber = behind > fraction;
        }
        if (isNumber && behind < end && (bytes[behind] | 0x20) == 'e') {
            int sign = behind + 1;
            int exponent = sign < end && (bytes[sign] == '+' || bytes[sign] == '-') ? sign + 1 : sign;
            behind = digits(exponent);
            isNumber = behind > exponent;
        }
        if (!isNumber || behind - at > LONGEST_NUMBER) {
            lose();
            return;
        }
        at = behind;
        begun = true;
    }

    private int digits(int first) {
        int digit = first;
        while (digit < end && bytes[digit] >= '0' && bytes[digit] <= '9') {
            digit++;
        }
        return digit;
    }

    /// Goes to the next byte that is no white space.
    ///
    /// @return the byte; 0 at the end
    private int next() {
        while (at < end) {
            int character = bytes[at];
            if (character != ' ' && character != '\n' && character != '\r' && character != '\t') {
                return character;
            }
            at++;
        }
        return 0;
    }
}
