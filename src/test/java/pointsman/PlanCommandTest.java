package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import pointsman.command.PlanCommand;

class PlanCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeTable() throws IOException {
        var rows = new StringBuilder("style,name,text\n");
        for (int row = 0; row < 40; row++) {
            rows.append("style %d,beer %d,text %d%n".formatted(row % 2, row % 8, row));
        }
        Files.writeString(folder.resolve("beers.csv"), rows);
    }

    @Test
    void aPlanHasEveryRowOnce() throws IOException {
        int code = plan("beers.csv");

        assertThat(code).isZero();
        var lines = Files.readAllLines(folder.resolve("plan.jsonl"));
        assertThat(lines).hasSize(40).allMatch(line -> line.endsWith("\"fields\": [\"style\", \"name\", \"text\"]}"));
        assertThat(lines.stream().map(line -> line.replaceAll("^\\{\"row\": (\\d+),.*", "$1")))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 40).mapToObj(Integer::toString).toList());
    }

    @Test
    void anExplanationComparesOrdersAndProviders() throws IOException {
        Files.writeString(folder.resolve("prompt.txt"), "Is this beer good? ".repeat(300));

        int code = plan(
                "beers.csv",
                "--explain",
                "--orders",
                "per-row",
                "--prompt",
                folder.resolve("prompt.txt").toString());

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("given order", "best fixed order", "GGR", "DP-tree", "upper bound", "OpenAI", "style");
    }

    @Test
    void badInputIsSaidInASentenceAndNothingIsWritten() {
        assertThat(plan("none.csv")).isEqualTo(2);
        assertThat(plan("beers.csv", "--fields", "style,colour")).isEqualTo(2);
        assertThat(plan("beers.csv", "--orders", "any")).isEqualTo(2);
        assertThat(plan("beers.csv", "--budget", "soon")).isEqualTo(2);
        assertThat(plan("beers.csv", "--fd", "style->name")).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "there is no file",
                        "there is no column \"colour\"",
                        "--orders is fixed or per-row",
                        "--budget is a time",
                        "style->name does not hold: rows 0 and 2");
        assertThat(folder.resolve("plan.jsonl")).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void aDeclaredDependencyIsExplained() {
        assertThat(plan("beers.csv", "--fd", "name->style", "--orders", "per-row", "--explain"))
                .isZero();

        assertThat(out.toString()).contains("GGR, declared dependencies");
    }

    @Test
    void onlyTheChosenFieldsAreWritten() throws IOException {
        assertThat(plan("beers.csv", "--fields", "text,name", "--set", "text,name", "--budget", "200ms"))
                .isZero();

        assertThat(Files.readAllLines(folder.resolve("plan.jsonl"))).noneMatch(line -> line.contains("style"));
    }

    @Test
    void aLinkIsWrittenThroughAndNotReplaced() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("plan.jsonl"), Files.createFile(folder.resolve("target")));

        assertThat(plan("beers.csv")).isZero();

        assertThat(link).isSymbolicLink().isNotEmptyFile();
    }

    private int plan(String input, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--in",
                folder.resolve(input).toString(),
                "--out",
                folder.resolve("plan.jsonl").toString()));
        arguments.addAll(List.of(more));
        return new CommandLine(new PlanCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }
}
