package pointsman.lab.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class LadderCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void aLadderIsMeasuredBesideItsPairsAndConstants() throws IOException {
        var lines = new StringBuilder();
        for (var number = 0; number < 60; number++) {
            lines.append(
                    "{\"text\": \"What is %d + 1?\", \"source\": \"x\", \"fold\": %d, \"scores\": {\"gpt-4o-mini-2024-07-18\": %d, \"gpt-4o-2024-05-13\": %d, \"o1-mini-2024-09-12\": 1}}%n"
                            .formatted(number, 2 + number % 3, number % 2, number % 5 > 0 ? 1 : 0));
        }
        var data = Files.writeString(directory.resolve("o.jsonl"), lines);

        var status = run(
                "--data", data.toString(),
                "--rungs", "gpt-4o-mini-2024-07-18,gpt-4o-2024-05-13,o1-mini-2024-09-12",
                "--costs", "1,2,4",
                "--draws", "5",
                "--outcomes", "100",
                "--max-drop", "50%");

        assertThat(status).as(errors.toString()).isZero();
        assertThat(out.toString())
                .contains("60 prompts; mean quality: gpt-4o-mini-2024-07-18 0.500 (cost 25.0 %)")
                .contains("| all rungs, steepest path | ", "| all rungs, equal thresholds | ")
                .contains("| gpt-4o-mini-2024-07-18, gpt-4o-2024-05-13 | ", "5 draws of 100 outcomes, confidence 0.90")
                .contains("| best constant | gpt-4o-mini-2024-07-18, 25.0 % | |");
    }

    @Test
    void outcomesOfOtherModelsAreNone() throws IOException {
        var data = Files.writeString(directory.resolve("o.jsonl"), "{\"text\": \"a\", \"small\": 1, \"large\": 1}\n");

        assertThat(run("--data", data.toString())).isEqualTo(2);
        assertThat(errors.toString()).contains("no outcome is of all of [Meta-Llama-3.1-8B-Instruct,");
    }

    private int run(String... arguments) {
        return new CommandLine(new LadderCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }
}
