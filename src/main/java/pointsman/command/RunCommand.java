package pointsman.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `run`: asks a running gateway a question about every row of a table, shows how far it is, and fetches the results.
///
/// The job lives in the gateway. Whoever ends this command with Ctrl-C ends the watching only, and is told how
/// to go on.
@Command(
        name = "run",
        description = "Asks a running gateway a question about every row of a table, and writes the answers.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    @Option(names = "--in", paramLabel = "TABLE", description = "a .csv, .tsv, .jsonl or .parquet file")
    private @Nullable Path input;

    @Option(names = "--ask", paramLabel = "TEXT", description = "what is asked of every row; {field} names a column")
    private String ask = "";

    @Option(
            names = "--out",
            paramLabel = "RESULT",
            description = "a .csv, .jsonl or .parquet file: the table with an answer and an error for each row")
    private @Nullable Path output;

    @Option(
            names = "--model",
            defaultValue = "auto",
            description = "auto, small, large or another name (default: ${DEFAULT-VALUE})")
    private String model = "auto";

    @Option(names = "--fields", split = ",", paramLabel = "a,b,...", description = "the columns to send (default: all)")
    private List<String> fields = List.of();

    @Option(names = "--choices", split = ",", paramLabel = "a,b,...", description = "the answer is one of these")
    private List<String> choices = List.of();

    @Option(
            names = "--options",
            paramLabel = "JSON",
            converter = Json.class,
            description = "the job's options, such as '{\"temperature\": 0, \"pack\": 5, \"max_cost_usd\": 2}'")
    private JsonNode options = JSON.createObjectNode();

    @Option(names = "--dry-run", description = "print what it would cost, and send nothing")
    private boolean dryRun;

    @Option(names = "--job", paramLabel = "ID", description = "go on watching a job, instead of --in and --ask")
    private String job = "";

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8080/v1",
            description = "of the gateway (default: ${DEFAULT-VALUE})")
    private URI url = URI.create("");

    @Option(
            names = "--key",
            defaultValue = "${env:POINTSMAN_KEY:-}",
            description = "of a tenant (default: POINTSMAN_KEY)")
    private String key = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run(new GatewayClient(url, key));
        } catch (ConnectException _) {
            say("run: no gateway answers at %s. Start one (`serve`), or say where it is (`--url`).".formatted(url));
            return ExitCode.USAGE;
        } catch (IllegalArgumentException | IOException e) {
            say("run: " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int run(GatewayClient gateway) throws IOException, InterruptedException {
        if (dryRun) {
            var forecast = gateway.send("/table-jobs?dry_run=true", asked(), table());
            spec.commandLine()
                    .getOut()
                    .println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(forecast));
            return ExitCode.OK;
        }
        var result = Optional.ofNullable(output).orElseThrow(() -> new IllegalArgumentException("--out names no file"));
        var format = format(result);
        var id = job.isEmpty()
                ? gateway.send("/table-jobs", asked(), table()).path("id").asString()
                : job;
        var hook = new Thread(
                () -> say("%nThe job goes on in the gateway. To fetch its results:%n  run --job %s --out %s --url %s"
                        .formatted(id, result, url)));
        Runtime.getRuntime().addShutdownHook(hook);
        var end = watch(gateway, id);
        Runtime.getRuntime().removeShutdownHook(hook);
        gateway.download("/table-jobs/%s/results?columns=all&format=%s".formatted(id, format), result);
        tell(end, result);
        var isWhole = end.path("state").asString().equals("completed")
                && end.path("rows").path("failed").asInt() == 0;
        return isWhole ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private JsonNode watch(GatewayClient gateway, String id) throws IOException, InterruptedException {
        var bar = new ProgressBar(err());
        while (true) {
            var view = gateway.patiently("/table-jobs/" + id);
            bar.show(view);
            if (view.has("finished_at")) {
                bar.end();
                return view;
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private void tell(JsonNode end, Path result) {
        var realised = end.path("realised");
        say(
                "%s: %d answers, %d errors in %s; %d of %d prompt tokens cached, %s (saved: %s against the given order, %s against large alone)"
                        .formatted(
                                end.path("state").asString(),
                                end.path("rows").path("answered").asInt(),
                                end.path("rows").path("failed").asInt(),
                                result,
                                realised.path("cached_tokens").asLong(),
                                realised.path("input_tokens").asLong(),
                                ProgressBar.usd(realised.path("cost_usd")),
                                ProgressBar.usd(end.path("saved").path("against_unreordered_usd")),
                                ProgressBar.usd(end.path("saved").path("against_all_large_usd"))));
        if (end.has("error")) {
            say(end.path("error").path("message").asString());
        }
    }

    private Path table() {
        var table = Optional.ofNullable(input).orElseThrow(() -> new IllegalArgumentException("--in names no table"));
        if (!Files.isReadable(table)) {
            throw new IllegalArgumentException("--in: cannot read " + table);
        }
        return table;
    }

    private String asked() {
        var asked = JSON.createObjectNode().put("instruction", ask).put("model", model);
        if (!fields.isEmpty()) {
            asked.set("fields", JSON.valueToTree(fields));
        }
        if (!choices.isEmpty()) {
            asked.putObject("output").set("enum", JSON.valueToTree(choices));
        }
        asked.set("options", options);
        return JSON.writeValueAsString(asked);
    }

    private static String format(Path result) {
        var name = String.valueOf(result.getFileName());
        var ending = name.substring(name.lastIndexOf('.') + 1);
        return switch (ending) {
            case "csv", "jsonl", "parquet" -> ending;
            default -> throw new IllegalArgumentException("--out ends in .csv, .jsonl or .parquet, not in ." + ending);
        };
    }

    /// An option whose value is JSON.
    static final class Json implements ITypeConverter<JsonNode> {
        @Override
        public JsonNode convert(String value) {
            try {
                return JSON.readTree(value);
            } catch (JacksonException _) {
                throw new TypeConversionException("'%s' is not JSON".formatted(value));
            }
        }
    }

    private void say(String line) {
        err().println(line);
        err().flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
