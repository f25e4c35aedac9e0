package pointsman.table;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.IOException;
import java.io.InterruptedIOException;
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
    private static final int MOST_IN_BATCH = 16_384;
    /// Batches of a column that are there at a time, each in an array that has doubled.
    private static final int BATCHES = 8;

    private final LimitCheck check;
    private final TableMemory.Share memory;

    ParquetRows(TableLimits limits, TableMemory.Share memory) {
        this.check = new LimitCheck(limits, memory);
        this.memory = memory;
    }

    Table read(Path file) throws IOException {
        try (var bytes = ParquetCheck.open(file, check, memory)) {
            bytes.footer();
            try (var reader = ParquetFileReader.open(InputFile.of(file))) {
                var schema = reader.getFileSchema().getColumns();
                check.columns(schema.stream().map(ParquetRows::name).toList());
                for (int column = 0; column < schema.size(); column++) {
                    check.name(name(schema.get(column)).length(), column + 1);
                }
                long rows = reader.getFileMetaData().numRows();
                check.rows(rows);
                var costs = bytes.pages(reader.getFileMetaData(), schema);
                return new Table(columns(reader, schema, costs, (int) rows), (int) rows);
            }
        } catch (UncheckedIOException e) {
            throw readable(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw readable(e);
        }
    }

    /// Tells a file that cannot be opened from one that is no Parquet.
    private IOException readable(IOException e) {
        if (check.isStopped()) {
            return new InterruptedIOException("nobody waits for the table any more");
        }
        return e instanceof BadTableException || e instanceof CrowdedException || e instanceof FileSystemException
                ? e
                : new BadTableException("the Parquet file is damaged, or made in a way that is not known here", e);
    }

    private List<Column> columns(
            ParquetFileReader reader, List<ColumnSchema> schema, List<ParquetCheck.Cost> costs, int rows) {
        // What is known already to be too much need not be read.
        long codes = (long) Integer.BYTES * rows * schema.size();
        memory.take(codes);
        memory.give(codes);
        long all =
                costs.stream().mapToLong(cost -> weight(cost, batchSize(cost))).sum();
        var columns = IntStream.range(0, schema.size());
        return (all <= memory.left() / 2 ? columns.parallel() : columns)
                .mapToObj(index -> column(reader, schema.get(index), costs.get(index), index, rows))
                .toList();
    }

    private static long weight(ParquetCheck.Cost cost, int batchSize) {
        return cost.pages() + (long) BATCHES * batchSize * cost.longest();
    }

    /// Rows in a batch. A dictionary's value stands in a batch as often as it occurs.
    private int batchSize(ParquetCheck.Cost cost) {
        return Math.clamp(memory.left() / (16L * BATCHES * cost.longest()), 1, MOST_IN_BATCH);
    }

    // the library throws what it stumbles over
    private Column column(ParquetFileReader reader, ColumnSchema schema, ParquetCheck.Cost cost, int index, int rows) {
        int batchSize = batchSize(cost);
        long weight = weight(cost, batchSize);
        memory.take(weight);
        try {
            var type = ParquetType.of(schema);
            var column = new ColumnBuilder(name(schema), rows, memory);
            try (var cells =
                    reader.buildColumnReader(index).batchSize(batchSize).build()) {
                while (cells.nextBatch()) {
                    batch(cells, column, type.open(cells));
                }
            }
            if (column.rows() != rows) {
                throw ParquetCheck.damaged(
                        "column \"%s\" has %,d values for %,d rows".formatted(name(schema), column.rows(), rows));
            }
            return column.build();
        } catch (BadTableException | InterruptedIOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            throw e.getCause() instanceof BadTableException || e.getCause() instanceof CrowdedException
                    ? e
                    : undecoded(schema, cost, e);
        } catch (RuntimeException e) {
            throw undecoded(schema, cost, e);
        } finally {
            memory.give(weight);
        }
    }

    private static UncheckedIOException undecoded(ColumnSchema schema, ParquetCheck.Cost cost, RuntimeException e) {
        return new UncheckedIOException(new BadTableException(
                "the Parquet file is damaged, or written in a way that is not known here: column \"%s\" (%s) cannot be decoded"
                        .formatted(name(schema), cost.codec()),
                e));
    }

    private void batch(ColumnReader cells, ColumnBuilder column, ParquetType.Batch batch)
            throws BadTableException, InterruptedIOException {
        check.goOn();
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
