package pointsman.lab.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class EvalCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void outcomesOfOnesOwnAreMeasured() throws IOException {
        assertThat(run("--data", own(120).toString(), "--draws", "50", "--guarantee", "2%", "--outcomes", "300"))
                .as(errors.toString())
                .isZero();

        assertThat(out.toString())
                .containsPattern("\\| outcomes \\| 120 \\| 0\\.500 \\| .* \\| - \\| \\*\\*[01]\\.\\d{3} \\(")
                .containsPattern("\\| outcomes \\| betting \\| \\d+\\.\\d % \\|")
                .containsPattern("\\| outcomes \\| naive \\| \\d+\\.\\d % \\|");
        assertThat(errors.toString()).contains("120 prompts scored");
    }

    @Test
    void anEasyHalfIsToldFromAHardOne() throws IOException {
        assertThat(run("--data", own(120).toString(), "--draws", "50", "--as", "weak,strong"))
                .as(errors.toString())
                .isZero();

        var apgr = out.toString().replaceAll("(?s).*\\*\\*([01]\\.\\d{3}) \\(.*", "$1");
        assertThat(Double.parseDouble(apgr)).isGreaterThan(0.6);
    }

    @Test
    void theDefaultPairTellsAnEasyHalfFromAHardOne() throws IOException {
        assertThat(run("--data", own(120).toString(), "--draws", "50"))
                .as(errors.toString())
                .isZero();

        var apgr = out.toString().replaceAll("(?s).*\\*\\*([01]\\.\\d{3}) \\(.*", "$1");
        assertThat(Double.parseDouble(apgr)).isGreaterThan(0.6);
    }

    @Test
    void theCurveIsDrawn() throws IOException {
        var picture = directory.resolve("curve.svg");

        assertThat(run("--data", own(40).toString(), "--draws", "5", "--curve", picture.toString()))
                .isZero();

        assertThat(Files.readString(picture)).startsWith("<svg").contains("class=\"router\"", "outcomes", "</svg>");
    }

    @Test
    void foldsAreScoredByTheirOwnRouter() throws IOException {
        Files.createDirectories(directory.resolve("routers"));
        Files.createSymbolicLink(
                directory.resolve("routers/fold-3"), Path.of("router-model").toAbsolutePath());
        var data = scores("{\"text\": \"What is %d + 1?\", \"source\": \"routellm_gsm8k\", \"cat\": \"\", \"fold\": 3,"
                + " \"scores\": {\"weak\": %d, \"strong\": 1, \"NullModel\": 0}}");

        assertThat(run(
                        "--data",
                        data.toString(),
                        "--routers",
                        directory.resolve("routers").toString(),
                        "--draws",
                        "5"))
                .as(errors.toString())
                .isZero();
        assertThat(out.toString()).contains("| RouteLLM GSM8K | 40 |").doesNotContain("RouteLLM MMLU");
    }

    @Test
    void aFoldWithoutARouterIsNamed() throws IOException {
        Files.createDirectories(directory.resolve("routers"));
        Files.createSymbolicLink(
                directory.resolve("routers/fold-3"), Path.of("router-model").toAbsolutePath());
        var data = scores("{\"text\": \"What is %d + 1?\", \"source\": \"routellm_gsm8k\", \"fold\": 4,"
                + " \"scores\": {\"weak\": %d, \"strong\": 1}}");

        assertThat(run(
                        "--data",
                        data.toString(),
                        "--routers",
                        directory.resolve("routers").toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("no router for the fold 4");
    }

    @Test
    void anUnknownPairIsAnsweredWithTheKnownOnes() throws IOException {
        var data = scores("{\"text\": \"What is %d + 1?\", \"source\": \"x\", \"scores\": {\"a\": %d, \"b\": 1}}");

        assertThat(run("--data", data.toString(), "--pair", "a,b")).isEqualTo(2);
        assertThat(errors.toString()).contains("unknown model 'a'", "strong", "a size such as 8B");
    }

    @Test
    void anotherNameOrASizeMayStandForAPair() throws IOException {
        var data = scores("{\"text\": \"What is %d + 1?\", \"source\": \"x\", \"scores\": {\"a\": %d, \"b\": 1}}");

        assertThat(run("--data", data.toString(), "--pair", "a,b", "--as", "1B,70B", "--draws", "5"))
                .as(errors.toString())
                .isZero();
        assertThat(out.toString()).contains("| a,b | 40 |");
    }

    @Test
    void aBrokenLineIsNamed() throws IOException {
        var file = Files.writeString(directory.resolve("x.jsonl"), "{\"text\": \"a\", \"small\": 1, \"large\": 1}\n{");

        assertThat(run("--data", file.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("x.jsonl, line 2: not valid JSON");
    }

    /// Sums that small does well and proofs that it does not, packed.
    private Path own(int count) throws IOException {
        var lines = new StringBuilder();
        for (var number = 0; number < count; number++) {
            var sum = number % 2 == 0;
            lines.append("{\"text\": \"%s %d\", \"small\": %d, \"large\": 1}%n"
                    .formatted(
                            sum ? "What is the capital of country" : "Prove Fermat's theorem for exponents above",
                            number,
                            sum == (number % 20 > 1) ? 1 : 0));
        }
        var file = directory.resolve("own.jsonl.gz");
        try (var packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private Path scores(String line) throws IOException {
        var lines = new StringBuilder();
        for (var number = 0; number < 40; number++) {
            lines.append(line.formatted(number, number % 2)).append('\n');
        }
        return Files.writeString(directory.resolve("scores.jsonl"), lines);
    }

    private int run(String... arguments) {
        return new CommandLine(new EvalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }
}
