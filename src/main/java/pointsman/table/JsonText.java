package pointsman.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// A reusable buffer in which the JSON text of one cell is written, in UTF-8.
///
/// A string is escaped as little as JSON allows (quote, backslash, control characters): the fewest bytes, and one
/// spelling per value, so that equal cells have equal bytes however the input escaped them. Half a surrogate
/// pair, which UTF-8 cannot hold, becomes U+FFFD.
public final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);
    private static final int REPLACEMENT = 0xFFFD;
    /// A control character takes six bytes; for a text of this length that is room enough to have at once.
    private static final int SHORT = 4096;

    private byte[] bytes = new byte[256];
    private int length;

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public JsonText clear() {
        length = 0;
        return this;
    }

    /// Appends characters that are JSON already, all of them ASCII or not.
    JsonText raw(String json) {
        var encoded = json.getBytes(UTF_8);
        return raw(encoded, 0, encoded.length);
    }

    JsonText raw(byte[] json, int from, int to) {
        makeRoom(to - from);
        System.arraycopy(json, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /// Appends UTF-8 as a JSON string.
    public JsonText string(byte[] utf8, int from, int to) {
        makeRoom(to - from <= SHORT ? 6L * (to - from) + 2 : atMost(utf8, from, to));
        bytes[length++] = '"';
        int plain = plainUntil(utf8, from, to);
        System.arraycopy(utf8, from, bytes, length, plain - from);
        length += plain - from;
        for (int at = plain; at < to; at++) {
            ascii(utf8[at]);
        }
        bytes[length++] = '"';
        return this;
    }

    /// Where the first byte is that has to be escaped; most cells have none.
    private static int plainUntil(byte[] utf8, int from, int to) {
        int at = from;
        while (at < to && utf8[at] != '"' && utf8[at] != '\\' && (utf8[at] < 0 || utf8[at] >= 0x20)) {
            at++;
        }
        return at;
    }

    /// Appends characters as a JSON string.
    public JsonText string(char[] text, int from, int to) {
        makeRoom(to - from <= SHORT ? 6L * (to - from) + 2 : atMost(text, from, to));
        bytes[length++] = '"';
        for (int at = from; at < to; at++) {
            char first = text[at];
            if (first < 0x80) {
                ascii((byte) first);
            } else if (Character.isHighSurrogate(first) && at + 1 < to && Character.isLowSurrogate(text[at + 1])) {
                wide(Character.toCodePoint(first, text[++at]));
            } else {
                wide(Character.isSurrogate(first) ? REPLACEMENT : first);
            }
        }
        bytes[length++] = '"';
        return this;
    }

    public JsonText string(String text) {
        return string(text.toCharArray(), 0, text.length());
    }

    private static long atMost(byte[] utf8, int from, int to) {
        long bytes = 2;
        for (int at = from; at < to; at++) {
            bytes += utf8[at] < 0 || utf8[at] >= 0x20 ? 2 : 6;
        }
        return bytes;
    }

    private static long atMost(char[] text, int from, int to) {
        long bytes = 2;
        for (int at = from; at < to; at++) {
            bytes += text[at] < 0x20 ? 6 : text[at] < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    private void ascii(byte value) {
        if (value == '"' || value == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = value;
        } else if (value >= 0 && value < 0x20) {
            control(value);
        } else {
            bytes[length++] = value;
        }
    }

    private void control(byte value) {
        bytes[length++] = '\\';
        switch (value) {
            case '\n' -> bytes[length++] = 'n';
            case '\t' -> bytes[length++] = 't';
            case '\r' -> bytes[length++] = 'r';
            case '\b' -> bytes[length++] = 'b';
            case '\f' -> bytes[length++] = 'f';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[value >> 4];
                bytes[length++] = HEX[value & 15];
            }
        }
    }

    private void wide(int point) {
        if (point < 0x800) {
            bytes[length++] = (byte) (0xC0 | (point >> 6));
        } else {
            if (point < 0x10000) {
                bytes[length++] = (byte) (0xE0 | (point >> 12));
            } else {
                bytes[length++] = (byte) (0xF0 | (point >> 18));
                bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            }
            bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        }
        bytes[length++] = (byte) (0x80 | (point & 0x3F));
    }

    private void makeRoom(long more) {
        long needed = length + more;
        if (needed > Dictionary.MAX_BYTES) {
            throw new IllegalStateException("a cell of more than %,d bytes".formatted(Dictionary.MAX_BYTES));
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Dictionary.MAX_BYTES, needed * 3 / 2));
        }
    }
}
