package pointsman.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.FieldPath;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.schema.ColumnSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files of numbers, a page for each row, whose descriptions are made by hand.
@Timeout(60)
class ParquetCheckTest {
    private static final int DATA = 0;
    private static final int DICTIONARY = 2;
    private static final int UNPACKED = 1_000_000;

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private boolean isStopped;

    /// A process has some 65,000 places for a part of a file in its memory.
    @Test
    void aFileMayHaveMoreRowGroupsThanAProcessHasMaps() throws IOException {
        var groups = IntStream.range(0, 70_000)
                .mapToObj(_ -> group(1, chunk(1, DATA)))
                .toList();

        assertThat(check(groups, 1)).hasSize(1);
    }

    @Test
    void moreChunksThanAnyFileNeedsAreRefused() {
        var group = group(1, Collections.nCopies(1_000, chunk(1, DATA)));

        assertThatThrownBy(() -> check(Collections.nCopies(1_001, group), 1_000))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining("1,001 row groups of 1,000 columns");
    }

    @Test
    void columnsThatAreTheSameBytesAreRefused() {
        var chunk = chunk(1, DATA);

        assertThatThrownBy(() -> check(List.of(group(1, List.of(chunk, chunk))), 2))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining("lie over one another");
    }

    @Test
    void aSecondDictionaryIsRefused() {
        assertThatThrownBy(() -> check(List.of(group(1, chunk(1, DICTIONARY, DICTIONARY, DATA))), 1))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining("two dictionaries");
    }

    /// Pages without a value hold no row, and are unpacked all the same.
    @Test
    void whatAllPagesUnpackToIsCounted() throws IOException {
        var pages = new int[UNPACKED / Integer.BYTES + 1];
        var chunk = chunk(pages.length, pages);

        assertThat(check(List.of(group(UNPACKED / 4, chunk(UNPACKED / 4, new int[UNPACKED / 4]))), 1))
                .hasSize(1);
        assertThatThrownBy(() -> check(List.of(group(pages.length, chunk)), 1))
                .isInstanceOf(BadTableException.class)
                .hasMessage("the file unpacks to more than 1,000,000 bytes, which is the limit");
    }

    @Test
    void whoeverIsAskedToStopReadsNoFurther() {
        var group = group(1, chunk(1, DATA));

        isStopped = true;

        assertThatThrownBy(() -> check(List.of(group), 1)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private List<ParquetCheck.Cost> check(List<RowGroup> groups, int columns) throws IOException {
        var path = folder.resolve("t.parquet");
        Files.write(path, file.toByteArray());
        long rows = groups.stream().mapToLong(RowGroup::numRows).sum();
        var limits = new LimitCheck(new TableLimits(1, 1, 2, 1, UNPACKED), TableMemory.UNCOUNTED);
        try (var check = ParquetCheck.open(path, limits, TableMemory.UNCOUNTED)) {
            if (isStopped) {
                Thread.currentThread().interrupt();
            }
            return check.pages(
                    new FileMetaData(1, List.of(), rows, groups, Map.of(), "", List.of()),
                    Collections.nCopies(columns, schema()));
        }
    }

    private static RowGroup group(int rows, ColumnChunk chunk) {
        return group(rows, List.of(chunk));
    }

    private static RowGroup group(int rows, List<ColumnChunk> chunks) {
        return new RowGroup(chunks, 0, rows);
    }

    /// Writes pages, and tells where they are.
    private ColumnChunk chunk(int values, int... kinds) {
        long from = file.size();
        for (int kind : kinds) {
            page(kind);
        }
        long length = file.size() - from;
        return new ColumnChunk(
                new ColumnMetaData(
                        PhysicalType.INT32,
                        List.of(),
                        schema().fieldPath(),
                        CompressionCodec.UNCOMPRESSED,
                        values,
                        length,
                        length,
                        Map.of(),
                        from,
                        null,
                        null,
                        null,
                        null,
                        null),
                null,
                null,
                null,
                null);
    }

    /// A page header as Thrift's compact protocol has it, and one number.
    private void page(int kind) {
        int four = 2 * Integer.BYTES;
        file.writeBytes(new byte[] {0x15, (byte) (2 * kind), 0x15, (byte) four, 0x15, (byte) four});
        file.writeBytes(new byte[] {(byte) (kind == DATA ? 0x2C : 0x4C), 0x15, 2, 0x15, 0, 0, 0});
        file.writeBytes(new byte[Integer.BYTES]);
    }

    private static ColumnSchema schema() {
        return new ColumnSchema(
                new FieldPath(List.of("a")), PhysicalType.INT32, RepetitionType.REQUIRED, null, 0, 0, 0, null);
    }
}
