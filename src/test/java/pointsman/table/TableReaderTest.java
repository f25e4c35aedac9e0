package pointsman.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void csvKeepsQuotesDelimitersAndNewlinesInCells() throws IOException {
        var table = csv("a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n");

        assertThat(table.names()).containsExactly("a", "b");
        assertThat(cells(table, 0)).containsExactly("\"x, \\\"y\\\"\\nz\"", "\"2\"");
    }

    @Test
    void csvInUtf16IsReadByItsByteOrderMark() throws IOException {
        var table = read("t.csv", "name\nKölsch 🍺\n", UTF_16);

        assertThat(cells(table, 0)).containsExactly("\"Kölsch 🍺\"");
    }

    /// A NULL in a table of one column is written as a line with nothing in it.
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void aBlankLineIsARowWhereThereIsOneColumn(String end) throws IOException {
        var lines = List.of("t", "a", "", "\"\"", "b", "", "");
        var text = String.join(end, lines) + end;

        for (var table :
                List.of(csv(text), csv("\uFEFF" + text), read("t.tsv", text, UTF_8), read("t.csv", text, UTF_16))) {
            assertThat(IntStream.range(0, table.rows()).mapToObj(row -> table.cell(row, 0)))
                    .containsExactly("\"a\"", "\"\"", "\"\"", "\"b\"", "\"\"", "\"\"");
        }
    }

    @Test
    void theEndOfTheFileIsNoRow() throws IOException {
        assertThat(csv("t\na\n").rows()).isEqualTo(1);
        assertThat(csv("t\na").rows()).isEqualTo(1);
        assertThat(csv("t\n").rows()).isZero();
        assertThat(csv("t\n\n").rows()).isEqualTo(1);
    }

    @Test
    void aBlankLineIsNoRowWhereThereAreSeveralColumns() throws IOException {
        assertThat(csv("a,b\n1,2\n\n3,4\n\n").rows()).isEqualTo(2);
    }

    @Test
    void whatIsWrongWithALineIsSaidInWordsForItsWriter() {
        assertThatThrownBy(() -> jsonLines("{\"a\": " + "[".repeat(600) + "]".repeat(600) + "}\n"))
                .hasMessageStartingWith("line 1")
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> jsonLines("{\"a\": 1}\n{\"a\": " + "1".repeat(1_500) + "}\n"))
                .hasMessageStartingWith("line 2")
                .hasMessageContaining("1,000 digits");
        assertThatThrownBy(() -> jsonLines("{\"a\": NaN}\n"))
                .hasMessageStartingWith("line 1")
                .hasMessageContaining("NaN")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("ALLOW"));
        assertThatThrownBy(() -> jsonLines("{\n\"a\": 1\n}\n"))
                .hasMessageStartingWith("line 1")
                .hasMessageContaining("one whole JSON object");
    }

    @Test
    void aGzipFileThatIsCutIsSaidToBe() throws IOException {
        var whole = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(whole)) {
            gzip.write("a\n1\n2\n".getBytes(UTF_8));
        }
        for (int length : new int[] {5, 12, whole.size() - 1}) {
            var file = Files.write(folder.resolve("t.csv.gz"), Arrays.copyOf(whole.toByteArray(), length));

            assertThatThrownBy(() -> new TableReader(TableLimits.DEFAULT).read(file))
                    .isInstanceOf(BadTableException.class)
                    .hasMessageContaining("the gzip file is cut");
        }
    }

    @Test
    void namesOfColumnsHaveALimit() {
        assertThatThrownBy(() -> csv("a".repeat(10_001) + "\n1\n"))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining("the name of column 1");
    }

    @Test
    void aByteOrderMarkIsNoPartOfAName() throws IOException {
        assertThat(csv("\uFEFFa,b\n1,2\n").names()).containsExactly("a", "b");
    }

    @Test
    void aRaggedLineIsNamed() {
        assertThatThrownBy(() -> csv("a,b\n1,2\n1,2,3\n"))
                .isInstanceOf(BadTableException.class)
                .hasMessage("line 3 has 3 fields; the header has 2");
    }

    @Test
    void aColumnNamedTwiceIsRefused() {
        assertThatThrownBy(() -> csv("a,b,a\n1,2,3\n"))
                .isInstanceOf(BadTableException.class)
                .hasMessage("two columns are named \"a\"; names must differ");
    }

    @Test
    void anEmptyFileIsNoTable() {
        assertThatThrownBy(() -> csv("")).isInstanceOf(BadTableException.class).hasMessageContaining("empty");
    }

    @Test
    void aByteThatIsNoTextIsRefused() {
        assertThatThrownBy(() -> read("t.csv", "a\nK\u00f6lsch\n", ISO_8859_1))
                .isInstanceOf(BadTableException.class)
                .hasMessageContaining("no valid text");
    }

    @Test
    void anOpenQuoteIsRefused() {
        assertThatThrownBy(() -> csv("a\n\"x\n")).isInstanceOf(BadTableException.class);
    }

    @Test
    void jsonLinesKeepNumbersNullsAndNestedValuesApart() throws IOException {
        var table = jsonLines("""
                {"a": 1, "b": {"y": [1.50, "x"], "x": null}}
                {"a": 1.0, "b": null}
                {"a": "1", "b": "tab\\t\\u00e9"}
                {"b": true}
                """);

        assertThat(cells(table, 0)).containsExactly("1", "{\"y\": [1.50, \"x\"], \"x\": null}");
        assertThat(cells(table, 1)).containsExactly("1.0", "null");
        assertThat(cells(table, 2)).containsExactly("\"1\"", "\"tab\\té\"");
        assertThat(cells(table, 3)).containsExactly("null", "true");
        assertThat(IntStream.range(0, 4)
                        .map(row -> table.column(0).code(row))
                        .distinct()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void aColumnThatComesLateIsNullBefore() throws IOException {
        var table = jsonLines("{\"a\": 1}\n\n{\"a\": 2, \"b\": 3}\n");

        assertThat(cells(table, 0)).containsExactly("1", "null");
        assertThat(cells(table, 1)).containsExactly("2", "3");
    }

    @Test
    void brokenJsonIsNamedByLineAndColumn() {
        assertThatThrownBy(() -> jsonLines("{\"a\": 1}\n{\"a\": }\n"))
                .isInstanceOf(BadTableException.class)
                .hasMessageStartingWith("line 2, column 7: no valid JSON");
        assertThatThrownBy(() -> jsonLines("[1]\n")).hasMessage("line 1 is no JSON object");
        assertThatThrownBy(() -> jsonLines("{\"a\": 1, \"a\": 2}\n")).hasMessageStartingWith("line 1, column");
        assertThatThrownBy(() -> jsonLines("{} {}\n")).hasMessageContaining("something follows");
    }

    @Test
    void everyLimitIsHeld() throws IOException {
        var file = Files.writeString(folder.resolve("t.csv"), "a,b\n1,22222\n3,4\n");
        var lines = Files.writeString(folder.resolve("t.jsonl"), "{\"a\": 1, \"b\": 22222}\n{\"a\": 3}\n");

        for (var path : new Path[] {file, lines}) {
            assertThatThrownBy(() -> new TableReader(new TableLimits(1, 9, 99, 99)).read(path))
                    .hasMessage("the table has 2 rows or more; the limit is 1");
            assertThatThrownBy(() -> new TableReader(new TableLimits(9, 1, 99, 99)).read(path))
                    .hasMessage("the table has 2 columns or more; the limit is 1");
            assertThatThrownBy(() -> new TableReader(new TableLimits(9, 9, 4, 99)).read(path))
                    .hasMessageMatching("line \\d, column \"b\": the cell has \\d bytes; the limit is 4");
            assertThatThrownBy(() -> new TableReader(new TableLimits(9, 9, 99, 5)).read(path))
                    .hasMessageContaining("the cells so far have");
        }
    }

    @Test
    void whatIsNoFaultOfTheTableIsNotSaidToBeOne() {
        var exhausted = new InputStream() {
            @Override
            public int read() {
                throw new OutOfMemoryError("planted");
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                throw new OutOfMemoryError("planted");
            }
        };

        assertThatThrownBy(() -> new CsvRows(',', TableLimits.DEFAULT, TableMemory.UNCOUNTED).read(exhausted))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void anUnknownEndingIsRefused() {
        assertThatThrownBy(() -> TableFormat.of(Path.of("table.xls"))).hasMessageContaining(".parquet");
    }

    @Test
    void whatIsNoParquetIsRefused() throws IOException {
        var file = Files.writeString(folder.resolve("t.parquet"), "not parquet at all, but long enough");

        assertThatThrownBy(() -> new TableReader(TableLimits.DEFAULT).read(file))
                .isInstanceOf(BadTableException.class);
    }

    private Table csv(String text) throws IOException {
        return read("t.csv", text, UTF_8);
    }

    private Table jsonLines(String text) throws IOException {
        return read("t.jsonl", text, UTF_8);
    }

    private Table read(String name, String text, Charset charset) throws IOException {
        return new TableReader(TableLimits.DEFAULT).read(Files.writeString(folder.resolve(name), text, charset));
    }

    private static String[] cells(Table table, int row) {
        return IntStream.range(0, table.names().size())
                .mapToObj(column -> table.cell(row, column))
                .toArray(String[]::new);
    }
}
