package pointsman.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Reads a file into a [Table], in one streaming pass, within limits.
public final class TableReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final TableLimits limits;

    /// A reader that stops at the first limit that a table meets.
    public TableReader(TableLimits limits) {
        this.limits = limits;
    }

    /// Reads a file whose name tells its format; see [TableFormat#of].
    ///
    /// @throws BadTableException if it is no such table, or beyond the limits; the message names line and column
    /// @throws IOException if the file cannot be read
    public Table read(Path file) throws IOException {
        return read(file, TableFormat.of(file));
    }

    /// Reads a file of a known format. A text may be compressed with gzip; its first two bytes tell.
    ///
    /// @throws BadTableException if it is no such table, or beyond the limits; the message names line and column
    /// @throws IOException if the file cannot be read
    public Table read(Path file, TableFormat format) throws IOException {
        return switch (format) {
            case TableFormat.Csv(char delimiter) -> {
                try (var input = open(file)) {
                    yield new CsvRows(delimiter, limits).read(input);
                }
            }
            case TableFormat.JsonLines() -> {
                try (var input = open(file)) {
                    yield new JsonLinesRows(limits).read(input);
                }
            }
            case TableFormat.Parquet() -> new ParquetRows(limits).read(file);
        };
    }

    private static InputStream open(Path file) throws IOException {
        var input = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        try {
            return isGzip(input) ? new GZIPInputStream(input, BUFFER_BYTES) : input;
        } catch (IOException e) {
            input.close();
            throw e;
        }
    }

    private static boolean isGzip(InputStream input) throws IOException {
        input.mark(2);
        boolean gzip = input.read() == 0x1f && input.read() == 0x8b;
        input.reset();
        return gzip;
    }
}
