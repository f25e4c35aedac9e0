package pointsman.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The lines of a file, one after the other in the same array.
final class JsonLines {
    private static final int FIRST_LINE_BYTES = 1 << 16;
    /// A parser keeps a long line in its own arrays, too, as characters and once more as one value.
    private static final int COPIES = 8;

    private final InputStream input;
    private final long most;
    private final TableMemory.Share memory;
    private final byte[] block = new byte[FIRST_LINE_BYTES];
    private int at;
    private int end;
    private byte[] line = new byte[FIRST_LINE_BYTES];
    private int length;
    private long number;

    JsonLines(InputStream input, TableLimits limits, TableMemory.Share memory) {
        this.input = input;
        this.most = Math.min(Dictionary.MAX_BYTES, 4L * limits.cellBytes() + FIRST_LINE_BYTES);
        this.memory = memory;
    }

    /// Reads the next line; false if there is none.
    boolean next() throws IOException {
        length = 0;
        if (at == end && !fetch()) {
            return false;
        }
        number++;
        for (int stop = lineEnd(); stop == end; stop = lineEnd()) {
            append(stop);
            if (!fetch()) {
                return true;
            }
        }
        append(lineEnd());
        at++;
        return true;
    }

    private boolean fetch() throws IOException {
        at = 0;
        end = Math.max(input.read(block, 0, block.length), 0);
        return end > 0;
    }

    private int lineEnd() {
        int stop = at;
        while (stop < end && block[stop] != '\n') {
            stop++;
        }
        return stop;
    }

    private void append(int stop) throws BadTableException {
        int needed = length + stop - at;
        if (needed > most) {
            throw new BadTableException("line %,d has more than %,d bytes".formatted(number, most));
        }
        if (needed > line.length) {
            int wanted = (int) Math.min(most, 2L * needed);
            memory.take((long) COPIES * (wanted - line.length));
            line = Arrays.copyOf(line, wanted);
        }
        System.arraycopy(block, at, line, length, stop - at);
        length = needed;
        at = stop;
    }

    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] > ' ' || line[i] < 0) {
                return false;
            }
        }
        return true;
    }

    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    /// From 1 on.
    long number() {
        return number;
    }

    /// Gives back what a long line took.
    void close() {
        memory.give((long) COPIES * (line.length - FIRST_LINE_BYTES));
    }
}
