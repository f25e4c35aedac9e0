package pointsman.table;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Parquet to columns, each column by its own thread, from the bytes of its pages: no `String` is made for a
/// text.
///
/// Texts become JSON strings, numbers and booleans stay bare, dates and times become ISO 8601 strings, and NULL
/// is `null`. A nested column or a type without an obvious JSON text is an error that names the column.
final class ParquetRows {
    private final LimitCheck check;

    ParquetRows(TableLimits limits) {
        this.check = new LimitCheck(limits);
    }

    Table read(Path file) throws IOException {
        try (var reader = ParquetFileReader.open(InputFile.of(file))) {
            var schema = reader.getFileSchema().getColumns();
            check.columns(schema.stream().map(ParquetRows::name).toList());
            long rows = reader.getFileMetaData().numRows();
            check.rows(rows);
            return new Table(columns(reader, schema, (int) rows), (int) rows);
        } catch (UncheckedIOException e) {
            throw readable(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw readable(e);
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            throw new BadTableException("no readable Parquet: " + e.getMessage(), e);
        }
    }

    /// Tells a file that cannot be opened from one that is no Parquet.
    private static IOException readable(IOException e) {
        return e instanceof BadTableException || e instanceof FileSystemException
                ? e
                : new BadTableException("no readable Parquet: " + e.getMessage(), e);
    }

    private List<Column> columns(ParquetFileReader reader, List<ColumnSchema> schema, int rows) {
        return IntStream.range(0, schema.size())
                .parallel()
                .mapToObj(index -> column(reader, schema.get(index), index, rows))
                .toList();
    }

    private Column column(ParquetFileReader reader, ColumnSchema schema, int index, int rows) {
        try (var cells = reader.columnReader(index)) {
            var column = new ColumnBuilder(name(schema), rows);
            var type = ParquetType.of(schema);
            while (cells.nextBatch()) {
                batch(cells, column, type.open(cells));
            }
            return column.build();
        } catch (BadTableException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void batch(ColumnReader cells, ColumnBuilder column, ParquetType.Batch batch) throws BadTableException {
        var text = new JsonText();
        var validity = cells.getLeafValidity();
        int count = cells.getRecordCount();
        long bytes = 0;
        for (int at = 0; at < count; at++) {
            if (validity.isNull(at)) {
                column.addNull();
            } else {
                batch.write(at, text.clear());
                check.cellAlone(text.length(), column.rows() + 1L, column.name());
                column.add(text);
                bytes += text.length();
            }
        }
        check.total(bytes, column.rows(), column.name());
    }

    private static String name(ColumnSchema schema) {
        return String.join(".", schema.fieldPath().elements());
    }
}
