package pointsman.dialect.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A server-sent event where it stands in bytes, the blank line that ends it included. The bytes may be a
/// buffer that others follow in: it is good until the next bytes of its stream are read.
public final class SseEvent {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private final byte[] bytes;
    private final int from;
    private final int to;
    /// Where its only line of data begins behind the name.
    private int dataFrom = NONE;

    private int dataTo;

    SseEvent(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        readLines();
    }

    /// What came of an event whose end is missing: it ends with these bytes.
    public static SseEvent ended(byte[] rest) {
        return new SseEvent(rest, 0, rest.length);
    }

    private void readLines() {
        int end;
        for (int line = from; line < to && dataFrom != SEVERAL; line = end + 1) {
            end = EightBytes.lineEnd(bytes, line, to);
            if (isData(line, end)) {
                dataTo = end;
                dataFrom = dataFrom == NONE ? line + "data:".length() : SEVERAL;
            }
        }
        if (dataFrom >= 0 && dataFrom < dataTo && bytes[dataFrom] == ' ') {
            dataFrom++;
        }
    }

    private boolean isData(int line, int end) {
        return end - line >= "data:".length()
                && bytes[line] == 'd'
                && bytes[line + 1] == 'a'
                && bytes[line + 2] == 't'
                && bytes[line + 3] == 'a'
                && bytes[line + 4] == ':';
    }

    public byte[] bytes() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /// Whether it says anything, and is no comment that keeps the connection open.
    public boolean hasData() {
        return dataFrom == SEVERAL ? !data().isEmpty() : dataFrom != NONE && dataFrom < dataTo;
    }

    /// Whether its data is one line, which stands in the bytes as it is.
    public boolean isOneLine() {
        return dataFrom >= 0;
    }

    /// Where its one line of data begins.
    public int dataFrom() {
        return dataFrom;
    }

    /// Where its one line of data ends.
    public int dataTo() {
        return dataTo;
    }

    /// Its data lines without their name, joined by line feeds (WHATWG HTML 9.2.6).
    public String data() {
        if (dataFrom == NONE) {
            return "";
        }
        return isOneLine() ? new String(bytes, dataFrom, dataTo - dataFrom, UTF_8) : joined();
    }

    private String joined() {
        var data = new StringBuilder();
        new String(bytes, from, to - from, UTF_8)
                .lines()
                .filter(line -> line.startsWith("data:"))
                .forEach(line -> data.append(data.isEmpty() ? "" : "\n")
                        .append(line, line.startsWith("data: ") ? 6 : 5, line.length()));
        return data.toString();
    }
}
