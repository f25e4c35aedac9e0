package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import pointsman.command.ScoreCommand;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;
import tools.jackson.databind.json.JsonMapper;

class ScoreCommandTest {
    private static final String GOOD = "{\"id\": 1, \"text\": \"What is 2 + 2?\"}\n";

    @TempDir
    private Path directory;

    private final StringWriter errors = new StringWriter();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void scoresAreThoseOfTheGatewayInTheOrderOfTheLines() throws IOException, RouterModelException {
        var in = file(
                "{\"id\": \"b\", \"text\": \"hi\"}\n{\"id\": \"a\", \"text\": \"Prove Fermat's last theorem.\"}\n");

        assertThat(run("", "--in", in, "--out", out())).isZero();

        var lines = Files.readAllLines(Path.of(out())).stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
        var model = RouterModel.load("");
        try (var scorer = model.scorer(model.defaultPair())) {
            assertThat(lines).extracting(line -> line.get("id").asString()).containsExactly("b", "a");
            assertThat(lines)
                    .extracting(line -> line.get("score").asDouble())
                    .containsExactly(
                            scorer.scores(List.of("hi"))[0], scorer.scores(List.of("Prove Fermat's last theorem."))[0]);
        }
    }

    @Test
    void manyLinesKeepTheirOrder() throws IOException {
        var lines = new StringBuilder();
        for (var id = 0; id < 300; id++) {
            lines.append("{\"id\":%d,\"text\":\"%d + %d\"}\n".formatted(id, id, id));
        }

        assertThat(run(lines.toString(), "--in", "-", "--out", "-")).isZero();

        assertThat(output().lines()
                        .map(line ->
                                JsonMapper.shared().readTree(line).get("id").asInt()))
                .hasSize(300)
                .isSorted();
    }

    @Test
    void anIdComesBackAsItWasWritten() throws IOException {
        var in = "{\"id\": 12345678901234567890123, \"text\": \"a\"}\n{\"id\": 1.50, \"text\": \"a\"}\n"
                + "{\"id\": \"\\u00e4\\\"\", \"text\": \"a\", \"more\": {\"of\": [1]}}";

        assertThat(run(in, "--in", "-", "--out", "-")).isZero();

        assertThat(output().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("{\"id\":12345678901234567890123,"),
                        second -> assertThat(second).startsWith("{\"id\":1.50,"),
                        third -> assertThat(third).startsWith("{\"id\":\"ä\\\"\","));
    }

    @Test
    void aBlankTextHasNoScore() {
        assertThat(run("{\"id\": 1, \"text\": \" \"}", "--in", "-", "--out", "-"))
                .isZero();

        assertThat(output()).isEqualTo("{\"id\":1,\"score\":null}\n");
    }

    @Test
    void aLinkIsWrittenThroughAndNotReplaced() throws IOException {
        var link = Files.createSymbolicLink(directory.resolve("link"), Files.createFile(directory.resolve("target")));

        assertThat(run("{\"id\": 1, \"text\": \" \"}", "--in", "-", "--out", link.toString()))
                .isZero();

        assertThat(link).isSymbolicLink().hasContent("{\"id\":1,\"score\":null}\n");
    }

    @Test
    void nothingInNothingOut() {
        assertThat(run("", "--in", "-", "--out", "-")).isZero();

        assertThat(output()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                  | line 2: not valid JSON",
                "{\"id\": 1, \"text\": \"a\"} x     | line 2: not valid JSON",
                "{\"id\": 1, \"text\": \"a\"} 2     | line 2: something follows the JSON object",
                "[1]                                | line 2: not a JSON object",
                "`  `                               | line 2: not a JSON object",
                "{\"text\": \"a\"}                  | line 2: \"id\" is missing",
                "{\"id\": 1}                        | line 2: \"text\" is missing",
                "{\"id\": true, \"text\": \"a\"}    | line 2: \"id\" is neither a string nor a number",
                "{\"id\": 1, \"text\": 7}           | line 2: \"text\" is not a string",
                "{\"id\": 1, \"text\": null}        | line 2: \"text\" is not a string",
                "{\"id\": 1, \"id\": 2, \"text\": \"a\"} | line 2: not valid JSON"
            })
    void aMalformedLineIsNamedAndNothingIsWritten(String line, String message) throws IOException {
        var in = file(GOOD + line + "\n" + GOOD);

        assertThat(run("", "--in", in, "--out", out())).isEqualTo(2);

        assertThat(errors.toString()).contains(message);
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(Path.of(in));
        }
    }

    @Test
    void aMalformedLineLeavesStandardOutputEmpty() {
        assertThat(run(GOOD.repeat(300) + "{", "--in", "-", "--out", "-")).isEqualTo(2);

        assertThat(errors.toString()).contains("line 301: not valid JSON");
        assertThat(output()).isEmpty();
    }

    @Test
    void aLineThatIsTooLongIsRefused() {
        var in = GOOD + "{\"id\": 2, \"text\": \"" + "x".repeat(17 << 20) + "\"}";

        assertThat(run(in, "--in", "-", "--out", "-")).isEqualTo(2);

        assertThat(errors.toString()).contains("line 2: longer than 16777216 bytes");
    }

    @Test
    void whatIsNotUtf8IsRefused() throws IOException {
        var in = directory.resolve("prompts.jsonl");
        Files.write(in, (GOOD + "{\"id\": 2, \"text\": \"ä\"}").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(run("", "--in", in.toString(), "--out", "-")).isEqualTo(2);

        assertThat(errors.toString()).contains("line 2: not UTF-8");
    }

    @Test
    void anotherPairGivesAnotherScore() {
        assertThat(run(GOOD, "--in", "-", "--out", "-")).isZero();
        assertThat(run(GOOD, "--in", "-", "--out", "-", "--pair", "gemma-2-2b-it,gpt-4o-2024-05-13"))
                .isZero();

        assertThat(output().lines().distinct()).hasSize(2);
    }

    @Test
    void anUnknownModelIsAnsweredWithTheKnownOnes() {
        assertThat(run(GOOD, "--in", "-", "--out", "-", "--pair", "weak,gpt-99"))
                .isEqualTo(2);

        assertThat(errors.toString()).contains("unknown model 'gpt-99'", "strong", "gemma-2-2b-it");
    }

    @Test
    void aMissingInputIsNamed() {
        assertThat(run("", "--in", directory.resolve("absent").toString(), "--out", "-"))
                .isEqualTo(1);

        assertThat(errors.toString()).contains("absent");
    }

    @Test
    void aMissingModelIsNamed() {
        assertThat(run(GOOD, "--in", "-", "--out", "-", "--model", directory.toString()))
                .isEqualTo(1);

        assertThat(errors.toString()).contains(directory.toString(), "calibration.json");
    }

    @Test
    void aDirectoryIsNoOutput() {
        assertThat(run(GOOD, "--in", "-", "--out", directory.toString())).isEqualTo(1);

        assertThat(errors.toString()).contains(directory.toString());
    }

    @Test
    void anOlderOutputIsReplacedOnlyWhenAllIsScored() throws IOException {
        Files.writeString(Path.of(out()), "old");

        assertThat(run(GOOD + "{", "--in", "-", "--out", out())).isEqualTo(2);
        assertThat(Path.of(out())).hasContent("old");

        assertThat(run(GOOD, "--in", "-", "--out", out())).isZero();
        assertThat(Files.readString(Path.of(out()))).startsWith("{\"id\":1,\"score\":0.");
    }

    @Test
    void progressGoesToStandardError() {
        run(GOOD, "--in", "-", "--out", "-");

        assertThat(errors.toString()).containsPattern("1 prompts scored, \\d+ a second");
    }

    @Test
    void helpTellsTheExitCodes() {
        var help = new StringWriter();
        var command = new CommandLine(new ScoreCommand()).setOut(new PrintWriter(help));

        assertThat(command.execute("--help")).isZero();

        assertThat(help.toString()).contains("--pair=SMALL,LARGE", "Exit codes:", "malformed line");
    }

    private int run(String standardIn, String... arguments) {
        var in = new ByteArrayInputStream(standardIn.getBytes(StandardCharsets.UTF_8));
        return new CommandLine(new ScoreCommand(in, output))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }

    private String file(String content) throws IOException {
        var file = directory.resolve("prompts.jsonl");
        Files.writeString(file, content);
        return file.toString();
    }

    private String out() {
        return directory.resolve("scores.jsonl").toString();
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
