package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program in `src/test/clients` that lets a client of another language loose on a gateway. `.ci/run` installs what
/// it needs; where that is missing nothing can be run.
public final class ClientScript {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path CLIENTS = Path.of(System.getProperty("project.basedir", "."), "src", "test", "clients")
            .toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path directory;
    private final List<String> command;
    private final Path needed;

    private ClientScript(Path directory, List<String> command, Path needed) {
        this.directory = directory;
        this.command = command;
        this.needed = needed;
    }

    /// A program for Node, which needs `package` to be installed.
    public static ClientScript node(String packageName, String... command) {
        var directory = CLIENTS.resolve("node");
        return new ClientScript(
                directory,
                plus("node", command),
                directory.resolve("node_modules").resolve(packageName));
    }

    /// A program for Python, in the virtual environment beside it.
    public static ClientScript python(String... command) {
        var directory = CLIENTS.resolve("python");
        var python = directory.resolve(".venv/bin/python");
        return new ClientScript(directory, plus(python.toString(), command), python);
    }

    /// Whether what it needs is installed.
    public boolean isInstalled() {
        return Files.exists(needed);
    }

    /// What it printed, and its exit status.
    public Output run(Map<String, String> environment) throws IOException, InterruptedException {
        var printed = Files.createTempFile("client", ".out");
        try {
            var builder = new ProcessBuilder(command).directory(directory.toFile());
            builder.environment().putAll(environment);
            builder.redirectErrorStream(true).redirectOutput(printed.toFile());
            var process = builder.start();
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new AssertionError("%s ran longer than %s".formatted(command, PATIENCE));
                }
                return new Output(process.exitValue(), Files.readString(printed, UTF_8));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(printed);
        }
    }

    @Override
    public String toString() {
        return String.join(" ", command.subList(1, command.size()));
    }

    private static List<String> plus(String program, String... arguments) {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        return command;
    }

    /// What a program printed: a line of JSON for the client, then one for each check.
    public record Output(int status, String text) {
        /// The lines that are JSON objects with members; a program may print others, such as what ended it.
        public List<JsonNode> lines() {
            return text.lines()
                    .filter(line -> line.startsWith("{\""))
                    .<JsonNode>map(JSON::readTree)
                    .toList();
        }
    }
}
