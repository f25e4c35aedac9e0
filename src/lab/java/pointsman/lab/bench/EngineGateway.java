package pointsman.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway in a process of its own with one local model, whose engine is the only child of it.
final class EngineGateway implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);
    private static final String EVENT = "data: ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI chat;
    private Set<Long> killed = Set.of();
    private long killedAtNanos;

    private EngineGateway(Process process, int port) {
        this.process = process;
        this.chat = URI.create("http://127.0.0.1:" + port + "/v1/chat/completions");
    }

    /// A streamed answer.
    ///
    /// @param pieces with words in them
    /// @param ending the reason for its end, or the code of the error event, or what else cut it
    /// @param longestPause between two pieces
    record Heard(String text, int pieces, String ending, Duration longestPause) {
        boolean isSameAs(Heard other) {
            return text.equals(other.text) && ending.equals(other.ending);
        }
    }

    /// Starts it and waits for its model.
    static EngineGateway start(String model) throws IOException, InterruptedException {
        int port = freePort();
        var data = Files.createTempDirectory("kill-engine-");
        var process = new ProcessBuilder(command(model, port, data))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("log").toFile())
                .start();
        var gateway = new EngineGateway(process, port);
        try {
            gateway.awaitAnswer(LONGEST_START);
        } catch (IOException | InterruptedException e) {
            gateway.close();
            throw e;
        }
        return gateway;
    }

    private static List<String> command(String model, int port, Path data) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "pointsman.PointsmanApplication",
                "serve",
                "--server.port=" + port,
                "--management.server.port=0",
                "--pointsman.discovery.enabled=false",
                "--pointsman.local.supervision.settled-after=2s", // so many kills in a row: no longer pauses for it
                "--pointsman.router.directory=" + data.resolve("none"),
                "--pointsman.batch.data-directory=" + data,
                "--pointsman.upstreams.small.base-url=",
                "--pointsman.upstreams.small.local=" + model,
                "--pointsman.upstreams.large.base-url=http://127.0.0.1:9/v1",
                "--pointsman.upstreams.large.model=none");
    }

    /// Asks the model, greedily.
    ///
    /// @param killAfter pieces after which its engine is killed
    Heard ask(String question, int tokens, int killAfter) throws IOException, InterruptedException {
        var text = new StringBuilder();
        int pieces = 0;
        var ending = "nothing";
        long longestNanos = 0;
        long lastNanos = System.nanoTime();
        var response = http.send(request(question, tokens, true), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            for (var line : (Iterable<String>) lines::iterator) {
                var event = event(line);
                ending = event.at("/choices/0/finish_reason")
                        .asString(event.at("/error/code").asString(ending));
                var piece = event.at("/choices/0/delta/content").asString("");
                if (piece.isEmpty()) {
                    continue;
                }
                text.append(piece);
                longestNanos = pieces == 0 ? 0 : Math.max(longestNanos, System.nanoTime() - lastNanos);
                lastNanos = System.nanoTime();
                if (++pieces == killAfter) {
                    killEngine();
                }
            }
        } catch (UncheckedIOException _) {
            ending = "a broken connection";
        }
        return new Heard(text.toString(), pieces, ending, Duration.ofNanos(longestNanos));
    }

    private static JsonNode event(String line) {
        return line.startsWith(EVENT + "{") ? JSON.readTree(line.substring(EVENT.length())) : JSON.createObjectNode();
    }

    private HttpRequest request(String question, int tokens, boolean isStream) {
        var body = JSON.createObjectNode()
                .put("model", "small")
                .put("temperature", 0)
                .put("max_tokens", tokens)
                .put("stream", isStream);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        return HttpRequest.newBuilder(chat)
                .timeout(LONGEST_ANSWER)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
    }

    private void killEngine() {
        var engines = process.descendants().toList();
        killed = engines.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
        killedAtNanos = System.nanoTime();
        engines.forEach(ProcessHandle::destroyForcibly);
    }

    /// Waits until the engine after the killed one answers.
    ///
    /// @return how long that took since the kill at most, in seconds
    double awaitEngine() throws IOException, InterruptedException {
        awaitAnswer(LONGEST_START);
        if (process.descendants().anyMatch(engine -> killed.contains(engine.pid()))) {
            throw new IOException("the killed engine still answers");
        }
        return (System.nanoTime() - killedAtNanos) / 1e9;
    }

    private void awaitAnswer(Duration longest) throws IOException, InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            if (answers()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("the gateway's local model does not answer; are its weights in the cache?");
    }

    private boolean answers() throws InterruptedException {
        try {
            HttpResponse<Void> response = http.send(request("Hello there!", 1, false), BodyHandlers.discarding());
            return response.statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        http.close();
    }
}
