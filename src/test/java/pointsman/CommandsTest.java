package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import pointsman.command.Commands;

class CommandsTest {
    @Test
    void withoutACommandItServes() {
        assertThat(Commands.withCommand(new String[] {})).containsExactly("serve");
        assertThat(Commands.withCommand(new String[] {"--server.port=1"})).containsExactly("serve", "--server.port=1");
        assertThat(Commands.withCommand(new String[] {"key"})).containsExactly("key");
        assertThat(Commands.withCommand(new String[] {"--help"})).containsExactly("--help");
    }

    @Test
    void aNameThatIsNoCommandGetsAllOfThem() {
        assertThat(Commands.line(PointsmanApplication.class, "plan").getSubcommands())
                .containsOnlyKeys("plan");
        assertThat(Commands.line(PointsmanApplication.class, "--help").getSubcommands())
                .containsOnlyKeys("serve", "score", "calibrate", "eval", "plan", "run", "key", "fetch");
    }

    @Test
    void anArgumentThatIsNoPropertyIsRefused() {
        var errors = new StringWriter();

        var code = Commands.line(PointsmanApplication.class, "serve")
                .setErr(new PrintWriter(errors))
                .execute("serve", "--prot");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("Unknown argument '--prot'");
    }

    @Test
    void whoAsksForTheEvaluationIsToldWhereItWent() {
        var errors = new StringWriter();

        var code = Commands.line(PointsmanApplication.class, "eval")
                .setErr(new PrintWriter(errors))
                .execute("eval", "--data", "own.jsonl");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString().lines()).singleElement().asString().contains("./lab eval --data own.jsonl");
    }

    @Test
    void whoRunsAJobWhereNoGatewayIsIsToldSo(@TempDir Path directory) throws IOException {
        var table = Files.writeString(directory.resolve("table.csv"), "a\n1\n");
        var errors =
                run("--in", table.toString(), "--out", "result.csv", "--ask", "Why?", "--url", "http://127.0.0.1:1/v1");

        assertThat(errors).contains("no gateway answers at http://127.0.0.1:1/v1", "`serve`", "`--url`");
    }

    @Test
    void optionsThatAreNoJsonAreRefusedByName() {
        assertThat(run("--options", "{pack: 5")).contains("--options", "'{pack: 5' is not JSON");
    }

    private static String run(String... arguments) {
        var errors = new StringWriter();
        var all = Stream.concat(Stream.of("run"), Stream.of(arguments)).toArray(String[]::new);

        var code = Commands.line(PointsmanApplication.class, "run")
                .setErr(new PrintWriter(errors))
                .execute(all);

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        return errors.toString();
    }

    @Test
    void aKeyIsPrintedWithTheLinesThatAdmitIt() {
        var out = new StringWriter();

        var code = Commands.line(PointsmanApplication.class, "key")
                .setOut(new PrintWriter(out))
                .execute("key", "--tenant", "blue");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("- id: blue")
                .containsPattern("pm-[A-Za-z0-9_-]{43}")
                .containsPattern("sha256:[0-9a-f]{64}");
    }
}
