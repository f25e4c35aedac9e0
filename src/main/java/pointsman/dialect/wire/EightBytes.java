package pointsman.dialect.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Searches in bytes, eight at a time: read as one number, arithmetic without branches sets the highest bit
/// of each of the eight that is looked for (Warren, Hacker's Delight, 6-1). A borrow may mark bytes above
/// one that is, so only the lowest mark counts.
final class EightBytes {
    private static final VarHandle NUMBER = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long MARKS = 0x8080808080808080L;
    private static final long QUOTES = '"' * EACH;
    private static final long BACKSLASHES = '\\' * EACH;

    private EightBytes() {}

    /// Where the first byte from a place on stands that is not simply a letter within a JSON string: a
    /// quote, a backslash, a control character, or a part of a character beyond ASCII.
    ///
    /// @return `to` if there is none
    static int textEnd(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long eight = (long) NUMBER.get(bytes, at);
            long marks =
                    (eight | (eight - ' ' * EACH) | ((eight ^ QUOTES) - EACH) | ((eight ^ BACKSLASHES) - EACH)) & MARKS;
            if (marks != 0) {
                return at + (Long.numberOfTrailingZeros(marks) >> 3);
            }
        }
        while (at < to && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /// Where the first line feed or carriage return from a place on stands.
    ///
    /// @return `to` if there is none
    static int lineEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            long eight = (long) NUMBER.get(bytes, at);
            long marks = (eight - 0x10 * EACH) & ~eight & MARKS;
            at += marks == 0 ? Long.BYTES : Long.numberOfTrailingZeros(marks) >> 3;
            if (marks != 0) {
                if (isLineEnd(bytes[at])) {
                    return at;
                }
                at++;
            }
        }
        while (at < to && !isLineEnd(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isLineEnd(byte character) {
        return character == '\n' || character == '\r';
    }
}
