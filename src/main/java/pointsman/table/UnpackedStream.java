package pointsman.table;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The bytes of a file, unpacked if it is gzip, and counted as they come: a small file may hold gigabytes.
final class UnpackedStream extends FilterInputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final long most;
    private long count;

    private UnpackedStream(InputStream input, long most) {
        super(input);
        this.most = most;
    }

    /// Opens a file. Its first two bytes tell whether it is gzip.
    ///
    /// @param most bytes that are read
    static InputStream open(Path file, long most) throws IOException {
        var input = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            return new UnpackedStream(isGzip(input) ? new GZIPInputStream(input, BUFFER_BYTES) : input, most);
        } catch (IOException e) {
            input.close();
            throw broken(e);
        }
    }

    private static boolean isGzip(InputStream input) throws IOException {
        input.mark(2);
        boolean gzip = input.read() == 0x1f && input.read() == 0x8b;
        input.reset();
        return gzip;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read;
        try {
            read = in.read(buffer, from, length);
        } catch (IOException e) {
            throw broken(e);
        }
        count += Math.max(read, 0);
        if (count > most) {
            throw new BadTableException("the file unpacks to more than %,d bytes, which is the limit".formatted(most));
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private static IOException broken(IOException e) {
        return switch (e) {
            case EOFException _ -> new BadTableException("the gzip file is cut: its end is missing", e);
            case ZipException _ -> new BadTableException("the gzip file is damaged", e);
            default -> e;
        };
    }
}
