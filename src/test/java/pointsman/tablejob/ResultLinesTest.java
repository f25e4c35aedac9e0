package pointsman.tablejob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pointsman.job.ItemAnswer;
import pointsman.table.Table;
import pointsman.table.TableLimits;
import pointsman.table.TableReader;
import reactor.core.publisher.Flux;

/// What stood in the table and what was answered, side by side.
class ResultLinesTest {
    private static final ItemAnswer GOOD = new ItemAnswer(0, ItemAnswer.OK, "\"new\"");
    private static final ItemAnswer BAD = new ItemAnswer(0, 422, "{\"code\":\"c\",\"message\":\"m\"}");

    @TempDir
    Path folder;

    @Test
    void ourColumnsGiveWayToTheTablesOwn() {
        var lines = lines(List.of("id", "answer", "error", "row"), "1", "old", "e", "9");

        assertThat(head(lines)).isEqualTo("_row,id,answer,error,row,_answer,_error");
        assertThat(lines.csv(GOOD)).isEqualTo("0,1,old,e,9,new,\r\n");
        assertThat(lines.json(GOOD))
                .isEqualTo(
                        "{\"_row\":0,\"id\":\"1\",\"answer\":\"old\",\"error\":\"e\",\"row\":\"9\",\"_answer\":\"new\"}\n");
        assertThat(lines.json(BAD))
                .contains("\"error\":\"e\"")
                .contains("\"_error\":{\"code\":\"c\",\"message\":\"m\"}");
    }

    @Test
    void onlyANameThatIsTakenIsChanged() {
        var lines = lines(List.of("answer", "_answer", "Row"), "a", "b", "c");

        assertThat(head(lines)).isEqualTo("row,answer,_answer,Row,__answer,error");
    }

    @Test
    void withoutCellsNothingCollides() {
        assertThat(new ResultLines(Optional.empty()).json(GOOD)).isEqualTo("{\"row\":0,\"answer\":\"new\"}\n");
    }

    @Test
    void aResultIsTheNextTableAsOftenAsOneLikes() throws IOException {
        var table = Table.ofTexts(List.of("=t", "answer"), List.of(List.of("a", "b")));

        for (int pass = 0; pass < 5; pass++) {
            var lines = new ResultLines(Optional.of(table));
            var csv = read("p.csv", new String(lines.csvHead(), UTF_8) + lines.csv(GOOD));
            var json = read("p.jsonl", lines.json(GOOD) + lines.json(BAD));
            var file = Files.write(folder.resolve("p.parquet"), parquet(lines));

            var names = new TableReader(TableLimits.DEFAULT).read(file).names();
            assertThat(names).doesNotHaveDuplicates();
            assertThat(csv.names()).hasSize(2 + 3 * (pass + 1));
            assertThat(json.names()).containsExactlyInAnyOrderElementsOf(names);
            table = csv;
        }
    }

    @Test
    void headersThatAreMadeHarmlessStillDiffer() throws IOException {
        var lines = lines(List.of("=t", "'=t"), "a", "b");

        assertThat(read("t.csv", head(lines) + "\r\n" + lines.csv(GOOD)).names())
                .hasSize(5);
    }

    @Test
    void everyValueComesBackAsItStoodInTheTable() throws IOException {
        var row = "{\"id\":9007199254740993,\"f\":0.1000000000000000055511151231257827,\"e\":1e400,\"z\":-0,\"y\":-0.0,"
                + "\"p\":1.50,\"b\":true,\"n\":null,\"s\":\"\",\"l\":[1.10,\t{\"x\":1E5}]}";
        var lines = new ResultLines(Optional.of(read("t.jsonl", row + "\n")));

        assertThat(lines.json(GOOD))
                .isEqualTo("{\"row\":0," + row.substring(1, row.length() - 1) + ",\"answer\":\"new\"}\n");
        assertThat(lines.csv(GOOD))
                .isEqualTo("0,9007199254740993,0.1000000000000000055511151231257827,1e400,-0,-0.0,1.50,true,,,"
                        + "\"[1.10,\t{\"\"x\"\":1E5}]\",new,\r\n");
    }

    @Test
    void aNestedValueDoesNotBreakItsLine() throws IOException {
        var lines = new ResultLines(Optional.of(read("t.jsonl", "{\"l\":[1,\r2]}\n")));

        assertThat(lines.json(GOOD)).isEqualTo("{\"row\":0,\"l\":[1, 2],\"answer\":\"new\"}\n");
    }

    @Test
    void numbersAreHarmlessHoweverLongTheyAre() {
        var long40 = "-" + "1234567890".repeat(4) + "." + "1234567890".repeat(4) + "e+12";

        assertThat(lines(List.of("a", "b", "c"), long40, "+1", "-x").csv(GOOD))
                .isEqualTo("0," + long40 + ",+1,'-x,new,\r\n");
    }

    private static ResultLines lines(List<String> names, String... cells) {
        return new ResultLines(Optional.of(Table.ofTexts(names, List.of(List.of(cells)))));
    }

    private static String head(ResultLines lines) {
        return new String(lines.csvHead(), UTF_8).strip();
    }

    private Table read(String name, String text) throws IOException {
        return new TableReader(TableLimits.DEFAULT).read(Files.writeString(folder.resolve(name), text));
    }

    private static byte[] parquet(ResultLines lines) {
        var bytes = new ByteArrayOutputStream();
        lines.parquet().of(Flux.just(List.of(GOOD))).doOnNext(bytes::writeBytes).blockLast();
        return bytes.toByteArray();
    }
}
