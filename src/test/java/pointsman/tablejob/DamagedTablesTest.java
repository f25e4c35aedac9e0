package pointsman.tablejob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.table.BadTableException;
import pointsman.table.ParquetFile;
import pointsman.table.TableFormat;
import pointsman.table.TableLimits;
import pointsman.table.TableMemory;
import pointsman.table.TableReader;

/// Files of every format with some bytes changed, cut or doubled: each is a table or no table, and nothing else.
@Timeout(120)
class DamagedTablesTest {
    private static final int ROWS = 50;
    private static final long MEMORY = 32 << 20;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({"t.parquet,600", "t.csv,400", "t.jsonl,400", "t.csv.gz,400", "t.jsonl.gz,200"})
    void aDamagedFileIsATableOrNone(String name, int times) throws IOException {
        var random = new Random(7);
        var whole = file(name);
        assertThat(read(name, whole)).isEqualTo("a table");

        for (int time = 0; time < times; time++) {
            var damaged = damaged(whole, random);

            assertThat(read(name, damaged)).as(() -> Arrays.toString(damaged)).isNotBlank();
        }
    }

    @Test
    void aFooterThatClaimsGigabytesIsBelievedNothing() throws IOException {
        var whole = file("t.parquet");
        int footer = whole.length - 8 - (whole[whole.length - 8] & 0xFF) - ((whole[whole.length - 7] & 0xFF) << 8);

        for (int at = footer; at + 6 < whole.length - 8; at++) {
            var claiming = whole.clone();
            Arrays.fill(claiming, at, at + 4, (byte) 0xFF);
            claiming[at + 4] = 0x07;

            assertThat(read("t.parquet", claiming)).doesNotContain("Exception", "dev.hardwood");
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        var bytes = whole.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int kind = random.nextInt(10);
        return kind == 0
                ? Arrays.copyOf(bytes, random.nextInt(bytes.length))
                : kind == 1 ? Arrays.copyOf(bytes, bytes.length + random.nextInt(64)) : bytes;
    }

    /// What becomes of a file: a table, or words about what is wrong.
    private String read(String name, byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve(name), bytes);
        var memory = new TableMemory(MEMORY);
        try (var held = memory.open()) {
            var table = new TableReader(TableLimits.DEFAULT).read(file, TableFormat.of(file), held);
            IntStream.range(0, table.rows())
                    .forEach(
                            row -> IntStream.range(0, table.names().size()).forEach(column -> table.cell(row, column)));
            return "a table";
        } catch (BadTableException e) {
            assertThat(e.getMessage()).doesNotContain("hardwood", "jackson", "fastcsv", "null", "StreamRead");
            return String.valueOf(e.getMessage());
        }
    }

    private static byte[] parquet(List<String> names, List<List<String>> rows) {
        var file = new ParquetFile(names);
        var out = new ByteArrayOutputStream();
        out.writeBytes(file.begin());
        out.writeBytes(file.group(rows));
        out.writeBytes(file.end());
        return out.toByteArray();
    }

    private static byte[] file(String name) throws IOException {
        var rows = IntStream.range(0, ROWS)
                .mapToObj(row -> List.of(Integer.toString(row), "text %d, \"%d\"".formatted(row % 5, row)))
                .toList();
        if (name.endsWith(".parquet")) {
            return parquet(List.of("id", "text"), rows);
        }
        var text = new StringBuilder(name.contains("csv") ? "id,text\n" : "");
        for (var row : rows) {
            var quoted = row.getLast();
            text.append(
                    name.contains("csv")
                            ? "%s,\"%s\"\n".formatted(row.getFirst(), quoted.replace("\"", "\"\""))
                            : "{\"id\": %s, \"text\": \"%s\", \"more\": {\"a\": [1.5, null]}}\n"
                                    .formatted(row.getFirst(), quoted.replace("\"", "\\\"")));
        }
        var bytes = text.toString().getBytes(UTF_8);
        return name.endsWith(".gz") ? zipped(Collections.singletonList(bytes)) : bytes;
    }

    private static byte[] zipped(List<byte[]> pieces) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            for (var piece : pieces) {
                gzip.write(piece);
            }
        }
        return out.toByteArray();
    }
}
