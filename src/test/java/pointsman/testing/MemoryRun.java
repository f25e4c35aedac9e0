package pointsman.testing;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.cache.ProviderCache;

/// A table job over a big file in a gateway of 256 MB of heap, of which some 75 MB are its own: read, planned in every
/// order and stored, to its first answer. It prints the size of the file and the most memory that the process had.
///
/// `./mvnw -q -Pjmh test-compile exec:exec@benchmarks -Dbenchmark.main=pointsman.testing.MemoryRun
/// -Djmh.arguments="60 100000"`: the megabytes and the rows.
public final class MemoryRun {
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final int COLUMNS = 6;

    private MemoryRun() {}

    /// Runs it.
    public static void main(String[] arguments) throws Exception {
        var file = table(Long.parseLong(arguments[0]) << 20, Integer.parseInt(arguments[1]));
        var rule = ProviderCache.packaged().stream()
                .filter(one -> one.name().equals("vLLM"))
                .findFirst()
                .orElseThrow();
        try (var provider = SimulatedProvider.start(rule, Duration.ofMillis(50));
                var gateway = GatewayProcess.of(
                        provider.baseUrl(),
                        "pointsman.batch.providers.small=vLLM",
                        "pointsman.batch.limits.upload=128MB",
                        "logging.level.pointsman.usage=warn")) {
            gateway.awaitReady();
            System.out.printf("%d MB before, ", peakMegabytes(gateway.pid()));
            var boundary = "boundary-of-parts";
            var reply = gateway.post(
                    "/v1/table-jobs",
                    BodyPublishers.concat(
                            BodyPublishers.ofString(
                                    "--%1$s\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nsmall\r\n--%1$s\r\nContent-Disposition: form-data; name=\"instruction\"\r\n\r\nJudge the row.\r\n--%1$s\r\nContent-Disposition: form-data; name=\"table\"; filename=\"t.csv\"\r\n\r\n"
                                            .formatted(boundary)),
                            BodyPublishers.ofFile(file),
                            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")),
                    "multipart/form-data; boundary=" + boundary);
            Eventually.holds(
                    "the first answers come", LONGEST, () -> provider.bill().requests() > 0);
            System.out.printf(
                    "%d MB with a file of %d MB: %s%n",
                    peakMegabytes(gateway.pid()), Files.size(file) >> 20, reply.statusCode());
        }
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
