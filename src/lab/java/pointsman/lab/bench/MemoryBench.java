package pointsman.lab.bench;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.testing.Eventually;
import pointsman.testing.GatewayProcess;
import pointsman.testing.SimulatedProvider;

/// `bench memory`: a table job over a big file in a gateway of 256 MB of heap, of which some 75 MB are its own: read,
/// planned in every order and stored, to its first answer.
@Command(
        name = "memory",
        mixinStandardHelpOptions = true,
        description = "Measures the most memory of a gateway that plans and stores a big table.")
final class MemoryBench implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final int COLUMNS = 6;
    private static final String BOUNDARY = "boundary-of-parts";
    private static final String PART = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; %s\r\n\r\n";

    @Option(names = "--megabytes", paramLabel = "N", description = "Of the file. Default: ${DEFAULT-VALUE}.")
    private long megabytes = 60;

    @Option(names = "--rows", paramLabel = "N", description = "Of the file. Default: ${DEFAULT-VALUE}.")
    private int rows = 100_000;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var file = table(megabytes << 20, rows);
        try (var provider = SimulatedProvider.start(Rules.named("vLLM"), Duration.ofMillis(50));
                var gateway = GatewayProcess.of(
                        provider.baseUrl(),
                        "pointsman.batch.providers.small=vLLM",
                        "pointsman.batch.limits.upload=128MB",
                        "logging.level.pointsman.usage=warn")) {
            gateway.awaitReady();
            long before = peakMegabytes(gateway.pid());
            int status = upload(gateway, file);
            Eventually.holds(
                    "the first answers come", LONGEST, () -> provider.bill().requests() > 0);
            var out = spec.commandLine().getOut();
            out.printf(
                    "%d MB before, %d MB with a file of %d MB: %s%n",
                    before, peakMegabytes(gateway.pid()), Files.size(file) >> 20, status);
            out.flush();
        } finally {
            Files.delete(file);
        }
        return 0;
    }

    private static int upload(GatewayProcess gateway, Path file) throws IOException, InterruptedException {
        var fields = Map.of("model", "small", "instruction", "Judge the row.");
        var head = fields.entrySet().stream()
                .map(field -> PART.formatted("name=\"" + field.getKey() + "\"") + field.getValue() + "\r\n")
                .collect(Collectors.joining("", "", PART.formatted("name=\"table\"; filename=\"t.csv\"")));
        var reply = gateway.post(
                "/v1/table-jobs",
                BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofFile(file),
                        BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n")),
                "multipart/form-data; boundary=" + BOUNDARY);
        return reply.statusCode();
    }

    /// Half of the columns hold few values, half of them one for each row.
    private static Path table(long bytes, int rows) throws IOException {
        var random = new Random(1);
        var file = Files.createTempFile(Files.createDirectories(Path.of("target", "jobs")), "table-", ".csv");
        int words = (int) (bytes / rows / COLUMNS / 8);
        try (var writer = Files.newBufferedWriter(file)) {
            writer.write(IntStream.range(0, COLUMNS).mapToObj(n -> "c" + n).collect(Collectors.joining(",")) + "\n");
            for (int row = 0; row < rows; row++) {
                var cells = IntStream.range(0, COLUMNS)
                        .mapToObj(column ->
                                column % 2 == 0 ? text(new Random(random.nextInt(200)), words) : text(random, words));
                writer.write(cells.collect(Collectors.joining(",")) + "\n");
            }
        }
        return file;
    }

    private static String text(Random random, int words) {
        return IntStream.range(0, words)
                .mapToObj(_ -> "%07d".formatted(random.nextInt(10_000_000)))
                .collect(Collectors.joining(" "));
    }

    private static long peakMegabytes(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElse(0)
                    >> 10;
        }
    }
}
