package pointsman.dialect.wire;

import java.util.Arrays;
import java.util.function.Consumer;

/// Cuts a byte stream into server-sent events, wherever the network cut it before. An event is its own bytes, the
/// blank line that ends it included, so that what is passed on is what came. Lines end in LF, CR LF or CR (WHATWG
/// HTML 9.2.5).
///
/// Events are handed on where they stand in the bytes that came. Only of one that is not whole yet the
/// beginning is kept, and the next bytes are put behind it. Every byte is looked at once, however long an
/// event is.
public final class SseSplitter {
    private static final int FIRST_CAPACITY = 1024;
    private static final int CUT_OFF = -1;
    private static final int NO_LINE_END = -2;

    private final int maxEventBytes;
    /// What is kept: the bytes from `start` to `end`.
    private byte[] kept = {};

    private int start;
    private int end;
    private int scanned;

    public SseSplitter(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /// Hands every event that these bytes complete to `events`, in order, and keeps the rest.
    ///
    /// @throws EventTooLongException if what is kept is longer than the limit
    public void split(byte[] bytes, Consumer<SseEvent> events) {
        if (start == end) {
            scanned = 0;
            keep(bytes, split(bytes, 0, bytes.length, events));
        } else {
            append(bytes);
            start = split(kept, start, end, events);
        }
        if (end - start > maxEventBytes) {
            throw new EventTooLongException(maxEventBytes);
        }
    }

    /// What came after the last blank line.
    public byte[] rest() {
        return Arrays.copyOfRange(kept, start, end);
    }

    /// @return where the rest begins, behind the last event
    private int split(byte[] source, int from, int to, Consumer<SseEvent> events) {
        int begin = from;
        for (int behind = endOfEvent(source, to); behind >= 0; behind = endOfEvent(source, to)) {
            events.accept(new SseEvent(source, begin, behind));
            begin = behind;
            scanned = behind;
        }
        return begin;
    }

    private void keep(byte[] bytes, int from) {
        start = 0;
        end = bytes.length - from;
        scanned -= from;
        if (end > kept.length) {
            kept = new byte[Math.max(end, FIRST_CAPACITY)];
        }
        System.arraycopy(bytes, from, kept, 0, end);
    }

    /// Puts bytes behind those that are kept, which move to the front: before, somebody may still look at
    /// the events there.
    private void append(byte[] bytes) {
        int length = end - start;
        int needed = length + bytes.length;
        var target = needed > kept.length ? new byte[Math.max(needed, 2 * kept.length)] : kept;
        System.arraycopy(kept, start, target, 0, length);
        System.arraycopy(bytes, 0, target, length, bytes.length);
        kept = target;
        scanned -= start;
        start = 0;
        end = needed;
    }

    /// The index after the next blank line, or less than 0. The last bytes are looked at again later if
    /// they may be part of one.
    private int endOfEvent(byte[] source, int to) {
        while (scanned < to) {
            scanned = EightBytes.lineEnd(source, scanned, to);
            if (scanned == to) {
                return CUT_OFF;
            }
            int next = behindLineEnd(source, scanned, to);
            int blank = next == CUT_OFF || next == to ? CUT_OFF : behindLineEnd(source, next, to);
            if (blank != NO_LINE_END) {
                return blank;
            }
            scanned = next;
        }
        return CUT_OFF;
    }

    /// The index after the line end that starts here, if one does. A CR at the very end may still get its LF.
    private static int behindLineEnd(byte[] source, int at, int to) {
        return switch (source[at]) {
            case '\n' -> at + 1;
            case '\r' -> at + 1 == to ? CUT_OFF : source[at + 1] == '\n' ? at + 2 : at + 1;
            default -> NO_LINE_END;
        };
    }

    /// One event was longer than the limit.
    public static final class EventTooLongException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private EventTooLongException(int limit) {
            super("an event is longer than the limit of %d bytes".formatted(limit), null, false, false);
        }
    }
}
