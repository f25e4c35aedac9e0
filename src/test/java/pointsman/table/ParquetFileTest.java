package pointsman.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ParquetFileReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// What is written is read back by a library that knows nothing of the writer.
class ParquetFileTest {
    @Test
    void aFileOfSeveralGroupsIsOneTable() throws IOException {
        var first = List.of(List.of("1", "a", ""), List.of("2", "b", "x"));
        var second = List.of(List.of("3", "c", "y"));

        var file = file(List.of("row", "left", "right"), List.of(first, second));

        assertThat(read(file)).containsExactly(first.get(0), first.get(1), second.getFirst());
    }

    @Test
    void theFirstColumnHoldsNumbersAndTheOthersTexts() throws IOException {
        var file = file(List.of("row", "answer"), List.of(List.of(List.of("7", "yes"))));

        try (var reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file)))) {
            assertThat(reader.getFileSchema().getColumns())
                    .extracting(column -> column.type())
                    .containsExactly(PhysicalType.INT32, PhysicalType.BYTE_ARRAY);
        }
    }

    @Test
    void aFileWithoutAGroupHasNoRows() throws IOException {
        assertThat(read(file(List.of("row", "answer"), List.of()))).isEmpty();
    }

    @Test
    void numbersAndTextsAreKeptToTheirLastBit() throws IOException {
        var rows = List.of(
                List.of(Integer.toString(Integer.MIN_VALUE), "\0 \n \" , ä € 😀"),
                List.of(Integer.toString(Integer.MAX_VALUE), "x".repeat(1 << 20)));

        assertThat(read(file(List.of("row", "answer"), List.of(rows)))).isEqualTo(rows);
    }

    /// More than fourteen elements make a list's head longer, more than 127 bytes a length.
    @Property(tries = 60)
    void everyShapeIsReadBack(
            @ForAll @IntRange(min = 1, max = 40) int columns,
            @ForAll @IntRange(max = 20) int groups,
            @ForAll @IntRange(min = 1, max = 30) int rows)
            throws IOException {
        var names = IntStream.range(0, columns)
                .mapToObj(column -> "c".repeat(column * 8) + column)
                .toList();
        var all = IntStream.range(0, groups)
                .mapToObj(group -> rows(group * rows, rows, columns))
                .toList();

        assertThat(read(file(names, all)))
                .isEqualTo(all.stream().flatMap(List::stream).toList());
    }

    private static List<List<String>> rows(int first, int rows, int columns) {
        return IntStream.range(first, first + rows)
                .mapToObj(row -> IntStream.range(0, columns)
                        .mapToObj(column -> column == 0 ? "" + row : "z".repeat(row % 5) + column)
                        .toList())
                .toList();
    }

    private static byte[] file(List<String> names, List<List<List<String>>> groups) {
        var file = new ParquetFile(names);
        var out = new ByteArrayOutputStream();
        out.writeBytes(file.begin());
        groups.forEach(group -> out.writeBytes(file.group(group)));
        out.writeBytes(file.end());
        return out.toByteArray();
    }

    private static List<List<String>> read(byte[] file) throws IOException {
        var all = new ArrayList<List<String>>();
        try (var reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file)));
                var rows = reader.rowReader()) {
            int columns = reader.getFileSchema().getColumns().size();
            while (rows.hasNext()) {
                rows.next();
                var row = new ArrayList<>(List.of(Integer.toString(rows.getInt(0))));
                IntStream.range(1, columns).mapToObj(rows::getString).forEach(row::add);
                all.add(row);
            }
        }
        return all;
    }
}
