package pointsman.dialect.wire;

import java.util.Arrays;
import java.util.function.Consumer;

/// Cuts a byte stream into server-sent events, wherever the network cut it before. An event is its own bytes, the
/// blank line that ends it included, so that what is passed on is what came. Lines end in LF, CR LF or CR (WHATWG
/// HTML 9.2.5). Every byte is looked at once, however long an event is.
public final class SseSplitter {
    private static final int FIRST_CAPACITY = 1024;
    private static final int NO_LINE_END = -1;
    private static final int CUT_OFF = -2;

    private final int maxEventBytes;
    private byte[] pending = new byte[FIRST_CAPACITY];
    private int length;
    private int scanned;

    public SseSplitter(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /// Hands every event that these bytes complete to `events`, in order, and keeps the rest.
    ///
    /// @throws EventTooLongException if what is kept is longer than the limit
    public void split(byte[] bytes, Consumer<byte[]> events) {
        append(bytes);
        var start = 0;
        for (var end = endOfEvent(); end >= 0; end = endOfEvent()) {
            events.accept(Arrays.copyOfRange(pending, start, end));
            start = end;
            scanned = end;
        }
        drop(start);
        if (length > maxEventBytes) {
            throw new EventTooLongException(maxEventBytes);
        }
    }

    /// What came after the last blank line.
    public byte[] rest() {
        return Arrays.copyOf(pending, length);
    }

    private void append(byte[] bytes) {
        var needed = length + bytes.length;
        if (needed > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(needed, 2 * pending.length));
        }
        System.arraycopy(bytes, 0, pending, length, bytes.length);
        length = needed;
    }

    private void drop(int bytes) {
        System.arraycopy(pending, bytes, pending, 0, length - bytes);
        length -= bytes;
        scanned -= bytes;
    }

    /// The index after the next blank line, or -1. The last bytes are looked at again later if they may be
    /// part of one.
    private int endOfEvent() {
        while (scanned < length) {
            var lineEnd = lineEndAt(scanned);
            if (lineEnd == NO_LINE_END) {
                scanned++;
                continue;
            }
            var blankEnd = lineEnd < 0 || lineEnd == length ? CUT_OFF : lineEndAt(lineEnd);
            if (blankEnd == CUT_OFF) {
                return -1;
            }
            if (blankEnd != NO_LINE_END) {
                return blankEnd;
            }
            scanned = lineEnd;
        }
        return -1;
    }

    /// The index after the line end that starts here, if one does. A CR at the very end may still get its LF.
    private int lineEndAt(int at) {
        return switch (pending[at]) {
            case '\n' -> at + 1;
            case '\r' -> at + 1 == length ? CUT_OFF : pending[at + 1] == '\n' ? at + 2 : at + 1;
            default -> NO_LINE_END;
        };
    }

    /// One event was longer than the limit.
    public static final class EventTooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EventTooLongException(int limit) {
            super("an event is longer than the limit of %d bytes".formatted(limit), null, false, false);
        }
    }
}
