package pointsman.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import pointsman.score.LadderCalibration;
import pointsman.score.RouterModelException;

/// `calibrate` with more than two models.
@Timeout(60)
class LadderCalibrateTest {
    @TempDir
    private Path directory;

    @Test
    void threeRungsGetThresholdsAndATable() throws IOException, RouterModelException {
        var out = directory.resolve("ladder.json");

        var said = run(0, "--outcomes", outcomes(), "--rungs", "a,b,c", "--costs", "1,5,20", "--out", out);

        assertThat(said)
                .contains("150 outcomes fitted the ladder, 450 others tested thresholds")
                .contains("(cost 5.0 %), b 0.7", "(cost 25.0 %), c 1.000 (cost 100.0 %)")
                .containsPattern(
                        "\\| at most 5% \\| [01]\\.\\d{3}, [01]\\.\\d{3} \\| a \\d+\\.\\d %, b .* \\| c, 100\\.0 % \\|");
        var read = LadderCalibration.read(out);
        assertThat(read.rungs()).extracting(LadderCalibration.Rung::name).containsExactly("a", "b", "c");
        assertThat(read.certificates()).isNotEmpty().allSatisfy(proof -> {
            assertThat(proof.thresholds()).hasSize(2);
            assertThat(proof.cost()).isLessThan(0.7);
        });
    }

    @Test
    void costsAreNeeded() throws IOException {
        assertThat(run(2, "--outcomes", outcomes(), "--rungs", "a,b,c"))
                .contains("--costs: must say what each of 3 rungs costs");
    }

    @Test
    void costsRise() throws IOException {
        assertThat(run(2, "--outcomes", outcomes(), "--rungs", "a,b,c", "--costs", "5,1,20"))
                .contains("--rungs, --costs: must be a cost for each rung, the cheapest first");
    }

    @Test
    void anOutcomeWithoutARungIsNamed() throws IOException {
        assertThat(run(1, "--outcomes", outcomes(), "--rungs", "a,d"))
                .contains("outcomes.jsonl, line 1: \"d\" must be a quality from 0 to 1");
    }

    @Test
    void outcomesThatAreNotOfAllRungsAreCounted() throws IOException {
        var file = Files.writeString(
                directory.resolve("scores.jsonl"),
                "{\"text\": \"t\", \"scores\": {\"a\": 1, \"b\": 1}}\n".repeat(150)
                        + "{\"text\": \"t\", \"scores\": {\"a\": 1}}\n".repeat(3));

        assertThat(run(2, "--outcomes", file, "--rungs", "a,b")).contains("3 of 153 outcomes have no quality of 'b'");
    }

    /// Sums that all can do, and proofs of which b can do every other and a none.
    private Path outcomes() throws IOException {
        var lines = new StringBuilder();
        for (var number = 0; number < 300; number++) {
            lines.append("{\"text\": \"What is %d plus %d?\", \"a\": 1, \"b\": 1, \"c\": 1}%n"
                    .formatted(number, 3 * number));
            lines.append(
                    "{\"text\": \"Prove that every group of order %d is solvable.\", \"a\": 0, \"b\": %d, \"c\": 1}%n"
                            .formatted(number + 60, number % 2));
        }
        return Files.writeString(directory.resolve("outcomes.jsonl"), lines);
    }

    private String run(int code, Object... arguments) {
        var said = new StringWriter();
        var line = new CommandLine(new CalibrateCommand())
                .setErr(new PrintWriter(said))
                .setOut(new PrintWriter(said));

        assertThat(line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new)))
                .as(said.toString())
                .isEqualTo(code);
        return said.toString();
    }
}
