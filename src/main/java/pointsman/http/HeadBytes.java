package pointsman.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/// What bytes on the wire tell about the head of the next request, without decoding them.
final class HeadBytes {
    private HeadBytes() {}

    /// Empty lines between two requests are no beginning of the next one.
    static boolean isBlank(Object message) {
        return message instanceof ByteBuf bytes && bytes.forEachByte(ByteProcessor.FIND_NON_CRLF) < 0;
    }

    /// Whether they end in the middle of a head: what ends with a line and not with a body ends with an empty one.
    static boolean isCutInLines(ByteBuf bytes) {
        var end = bytes.writerIndex();
        return end >= 3
                && bytes.getByte(end - 2) != '\n'
                && !(bytes.getByte(end - 2) == '\r' && bytes.getByte(end - 3) == '\n');
    }
}
