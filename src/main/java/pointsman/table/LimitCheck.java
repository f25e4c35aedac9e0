package pointsman.table;

import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Holds what was read so far against the limits. Columns may be read by several threads at once.
final class LimitCheck {
    private static final int MOST_IN_NAME = 10_000;
    private static final int REPEATS = 4;

    private final TableLimits limits;
    private final Thread reader = Thread.currentThread();
    private final long mostBytes;
    private long names;
    private long unpacked;
    private final AtomicLong bytes = new AtomicLong();

    /// @param memory that the table and what is made of it will take: cells that repeat take little by themselves, but
    ///     not what is made of them
    LimitCheck(TableLimits limits, TableMemory.Share memory) {
        this.limits = limits;
        this.mostBytes = Math.min(
                limits.bytes(), memory.most() > Long.MAX_VALUE / REPEATS ? Long.MAX_VALUE : memory.most() * REPEATS);
    }

    /// Whether the thread that began to read is asked to stop.
    boolean isStopped() {
        return reader.isInterrupted();
    }

    void goOn() throws InterruptedIOException {
        if (isStopped()) {
            throw new InterruptedIOException("nobody waits for the table any more");
        }
    }

    void columns(List<String> names) throws BadTableException {
        columnCount(names.size());
        var seen = new HashSet<String>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new BadTableException("two columns are named \"%s\"; names must differ".formatted(name));
            }
        }
    }

    void columnCount(int count) throws BadTableException {
        if (count > limits.columns()) {
            throw new BadTableException(
                    "the table has %,d columns or more; the limit is %,d".formatted(count, limits.columns()));
        }
    }

    void rows(long count) throws BadTableException {
        if (count > limits.rows()) {
            throw new BadTableException(
                    "the table has %,d rows or more; the limit is %,d".formatted(count, limits.rows()));
        }
    }

    /// Lines that hold no row cost time, too: there may be as many as rows.
    void blankLines(long count) throws BadTableException {
        if (count > limits.rows()) {
            throw new BadTableException(
                    "the file has %,d blank lines or more; the limit is %,d".formatted(count, limits.rows()));
        }
    }

    /// Holds the name of a column against the limits; names are sent with every row.
    void name(int length, int column) throws BadTableException {
        names += length;
        if (length > MOST_IN_NAME) {
            throw new BadTableException("the name of column %,d has %,d characters; the limit is %,d"
                    .formatted(column, length, MOST_IN_NAME));
        }
        if (names > Math.max(MOST_IN_NAME, limits.cellBytes())) {
            throw new BadTableException("the names of the first %,d columns have %,d characters; the limit is %,d"
                    .formatted(column, names, Math.max(MOST_IN_NAME, limits.cellBytes())));
        }
    }

    /// Counts one cell; `line` is 1-based and counts the header.
    void cell(int length, long line, String column) throws BadTableException {
        cellAlone(length, line, column);
        total(length, line, column);
    }

    /// Holds one cell against its own limit; the reader counts it in a [#total] later.
    void cellAlone(int length, long line, String column) throws BadTableException {
        if (length > limits.cellBytes()) {
            throw new BadTableException("line %,d, column \"%s\": the cell has %,d bytes; the limit is %,d"
                    .formatted(line, column, length, limits.cellBytes()));
        }
    }

    /// Counts bytes that are about to be unpacked, whether they hold cells or not.
    void unpacked(long length) throws BadTableException {
        unpacked += length;
        if (unpacked > limits.unpackedBytes()) {
            throw new BadTableException(
                    "the file unpacks to more than %,d bytes, which is the limit".formatted(limits.unpackedBytes()));
        }
    }

    /// Counts the bytes of one or more cells, the last of which is in this line.
    void total(long length, long line, String column) throws BadTableException {
        long total = bytes.addAndGet(length);
        if (total > mostBytes) {
            throw new BadTableException("line %,d, column \"%s\": the cells so far have %,d bytes; the limit is %,d"
                    .formatted(line, column, total, mostBytes));
        }
    }
}
