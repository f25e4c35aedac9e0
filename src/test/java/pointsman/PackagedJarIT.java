package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pointsman.testing.Eventually;
import pointsman.testing.FakeUpstream;

/// The jar as it is shipped: with the beans that the build has prepared, and without the native libraries
/// of other platforms. Run by `./mvnw verify`, after the jar was made.
@Timeout(240)
class PackagedJarIT {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final String PREPARED = "Starting AOT-processed";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private final int port = freePort();
    private final int managementPort = freePort();

    @Test
    void itStartsWithPreparedBeansAndScores() throws Exception {
        try (var upstream = FakeUpstream.start()) {
            var gateway = serve(upstream);
            try {
                awaitReady();

                assertThat(log()).contains(PREPARED);
                assertThat(chat().headers().firstValue("x-pointsman-score")).isPresent();
                assertThat(get(port, "/v1/table-jobs").statusCode()).isEqualTo(200);
                assertThat(get(managementPort, "/actuator/prometheus").body()).contains("pointsman_router_prompts");
                assertThat(get(managementPort, "/actuator/loggers").statusCode())
                        .isEqualTo(404);
            } finally {
                end(gateway);
            }
        }
    }

    @Test
    void oneThatShallExposeMoreFindsItsBeansItself() throws Exception {
        try (var upstream = FakeUpstream.start()) {
            var gateway = serve(upstream, "management.endpoints.web.exposure.include=loggers");
            try {
                awaitReady();

                assertThat(log()).doesNotContain(PREPARED);
                assertThat(get(managementPort, "/actuator/loggers").statusCode())
                        .isEqualTo(200);
            } finally {
                end(gateway);
            }
        }
    }

    private Process serve(FakeUpstream upstream, String... properties) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                Path.of("target", "pointsman.jar").toAbsolutePath().toString(),
                "serve",
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--pointsman.discovery.enabled=false",
                "--pointsman.router.timeout=30s",
                "--pointsman.batch.data-directory=" + directory));
        for (var tier : List.of("small", "large")) {
            command.add("--pointsman.upstreams.%s.base-url=%s".formatted(tier, upstream.baseUrl()));
            command.add("--pointsman.upstreams.%s.model=m-%1$s".formatted(tier));
        }
        List.of(properties).forEach(property -> command.add("--" + property));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void awaitReady() throws Exception {
        Eventually.holds("the gateway is ready", LONGEST_START, () -> {
            try {
                return get(port, "/readyz").statusCode() == 200;
            } catch (IOException _) {
                return false;
            }
        });
    }

    private HttpResponse<String> chat() throws IOException, InterruptedException {
        var body = "{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"What is 2 + 2?\"}]}";
        return HTTP.send(
                HttpRequest.newBuilder(uri(port, "/v1/chat/completions"))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(port, path)).build(), BodyHandlers.ofString());
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    private static void end(Process gateway) throws InterruptedException {
        gateway.destroy();
        gateway.waitFor();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new IllegalStateException("there is no free port", none);
        }
    }
}
