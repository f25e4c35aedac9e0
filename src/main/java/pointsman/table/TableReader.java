package pointsman.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

/// Reads a file into a [Table], in one streaming pass, within limits.
public final class TableReader {
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
        return read(file, format, TableMemory.UNCOUNTED);
    }

    /// Reads a file into memory that is asked for before it is taken.
    ///
    /// @param memory that the table takes as long as it is held
    /// @throws BadTableException if it is no such table, or beyond the limits; the message names line and column
    /// @throws CrowdedException if it does not fit beside the tables of others
    /// @throws IOException if the file cannot be read
    // whatever a parser stumbles over, it was in the file
    public Table read(Path file, TableFormat format, TableMemory.Share memory) throws IOException {
        try {
            return parsed(file, format, memory);
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        } catch (RuntimeException | StackOverflowError e) {
            throw new BadTableException("the file is damaged: it is no %s that can be read".formatted(word(format)), e);
        }
    }

    private Table parsed(Path file, TableFormat format, TableMemory.Share memory) throws IOException {
        return switch (format) {
            case TableFormat.Csv(char delimiter) -> {
                try (var input = UnpackedStream.open(file, limits.unpackedBytes())) {
                    yield new CsvRows(delimiter, limits, memory).read(input);
                }
            }
            case TableFormat.JsonLines() -> {
                try (var input = UnpackedStream.open(file, limits.unpackedBytes())) {
                    yield new JsonLinesRows(limits, memory).read(input);
                }
            }
            case TableFormat.Parquet() -> new ParquetRows(limits, memory).read(file);
        };
    }

    private static String word(TableFormat format) {
        return switch (format) {
            case TableFormat.Csv _ -> "CSV";
            case TableFormat.JsonLines _ -> "JSON Lines";
            case TableFormat.Parquet _ -> "Parquet";
        };
    }
}
