package pointsman.dialect;

import java.util.Arrays;
import java.util.function.Consumer;

/// Cuts a byte stream into server-sent events, wherever the network cut it before. An event is its own bytes, the blank
/// line that ends it included, so that what is passed on is what came. Lines end in LF, CR LF or CR (WHATWG HTML
/// 9.2.5).
final class SseSplitter {
    private final int maxEventBytes;
    private byte[] pending = new byte[0];

    SseSplitter(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /// Hands every event that these bytes complete to `events`, in order, and keeps the rest.
    ///
    /// @throws EventTooLongException if what is kept is longer than the limit
    void split(byte[] bytes, Consumer<byte[]> events) {
        var from = Math.max(0, pending.length - 3);
        pending = pending.length == 0 ? bytes : concatenate(pending, bytes);
        var start = 0;
        for (var end = endOfEvent(from); end >= 0; end = endOfEvent(start)) {
            events.accept(Arrays.copyOfRange(pending, start, end));
            start = end;
        }
        pending = start == 0 ? pending : Arrays.copyOfRange(pending, start, pending.length);
        if (pending.length > maxEventBytes) {
            throw new EventTooLongException(maxEventBytes);
        }
    }

    /// What came after the last blank line.
    byte[] rest() {
        return pending;
    }

    /// The index after the first blank line at or after `from`, or -1. A trailing CR waits for its LF.
    private int endOfEvent(int from) {
        for (var i = from; i < pending.length; i++) {
            if (isLineEnd(i) && !isSplitLineEnd(i)) {
                var next = i + 1;
                if (next < pending.length && pending[next] == '\n') {
                    return next + 1;
                }
                if (next < pending.length && pending[next] == '\r') {
                    return endOfCarriageReturn(next);
                }
            }
        }
        return -1;
    }

    private boolean isLineEnd(int i) {
        return pending[i] == '\n' || pending[i] == '\r';
    }

    /// The CR of a CR LF pair: its line ends one byte later.
    private boolean isSplitLineEnd(int i) {
        return pending[i] == '\r' && i + 1 < pending.length && pending[i + 1] == '\n';
    }

    private int endOfCarriageReturn(int i) {
        if (i + 1 == pending.length) {
            return -1;
        }
        return pending[i + 1] == '\n' ? i + 2 : i + 1;
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        var both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// One event was longer than the limit.
    static final class EventTooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EventTooLongException(int limit) {
            super("an event is longer than the limit of %d bytes".formatted(limit), null, false, false);
        }
    }
}
