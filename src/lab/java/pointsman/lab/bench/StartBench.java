package pointsman.lab.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bench start`: how long a gateway takes from the start of its process to its first answer, and what of the
/// processor.
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Measures a start: of the jar, to the first answer of /healthz.")
final class StartBench implements Callable<Integer> {
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Option(names = "--jar", paramLabel = "FILE", description = "Default: target/pointsman.jar of this checkout.")
    private Path jar = Path.of(System.getProperty("project.basedir", ""), "target", "pointsman.jar");

    @Option(names = "--times", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int times = 5;

    @Option(names = "--jvm", paramLabel = "FLAGS", description = "Such as -XX:AOTCache=pointsman.aot.")
    private String jvm = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isReadable(jar)) {
            throw new IOException(jar + " is missing: ./mvnw -DskipTests package makes it");
        }
        for (int time = 0; time < times; time++) {
            measure();
        }
        return 0;
    }

    private void measure() throws IOException, InterruptedException {
        int port = freePort();
        var data = Files.createTempDirectory("start-");
        long began = System.nanoTime();
        var process = new ProcessBuilder(command(port, data))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            awaitHealthy(process, port);
            var out = spec.commandLine().getOut();
            out.printf(
                    Locale.ROOT,
                    "%.2f s by the clock, %.2f s of processor%n",
                    (System.nanoTime() - began) / 1e9,
                    process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3);
            out.flush();
        } finally {
            process.destroy();
            process.onExit().join();
        }
    }

    private List<String> command(int port, Path data) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (!jvm.isEmpty()) {
            command.addAll(List.of(jvm.split(" ", -1)));
        }
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--management.server.port=0",
                "--pointsman.batch.data-directory=" + data));
        for (var tier : List.of("small", "large")) {
            command.add("--pointsman.upstreams.%s.base-url=http://127.0.0.1:9/v1".formatted(tier));
            command.add("--pointsman.upstreams.%s.model=none".formatted(tier));
        }
        return command;
    }

    private static void awaitHealthy(Process process, int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"))
                .build();
        long end = System.nanoTime() + LONGEST.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try {
                if (HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException _) {
                Thread.sleep(10);
            }
        }
        throw new IOException("the gateway did not start");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
