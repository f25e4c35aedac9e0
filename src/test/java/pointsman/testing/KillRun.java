package pointsman.testing;

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
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A table job in a gateway that is a process of its own, killed again and again in the middle of it.
///
/// `java -cp ... pointsman.testing.KillRun 2000 50`: the rows and the kills.
public final class KillRun {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final Duration LONGEST_JOB = Duration.ofMinutes(30);
    private static final int LANES = 8;

    private final FakeUpstream upstream;
    private final Path data;
    private final int port;

    private KillRun(FakeUpstream upstream, Path data, int port) {
        this.upstream = upstream;
        this.data = data;
        this.port = port;
    }

    /// What came of it.
    ///
    /// @param answered rows with the answer to their own question
    /// @param extraCalls of the upstream, beyond one for each row
    /// @param inFlight calls that were under way at the kills, all kills together, at most
    /// @param slowest the longest start of a new process
    public record Outcome(int rows, int kills, int answered, int extraCalls, int inFlight, Start slowest) {}

    /// How long a process took to its first answer to a request.
    ///
    /// @param wall by the clock; on a busy machine most of it is waiting for a processor
    /// @param processor that it was given in that time, on all cores together
    public record Start(Duration wall, Duration processor) {}

    /// Runs it from the command line.
    public static void main(String[] arguments) throws Exception {
        System.out.println(run(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])));
    }

    /// Runs a job over so many rows, and kills its gateway so many times.
    public static Outcome run(int rows, int kills) throws Exception {
        var parent = Files.createDirectories(Path.of("target", "jobs"));
        try (var upstream = FakeUpstream.start()) {
            int port = freePort();
            upstream.on("number", (exchange, _) -> {
                exchange.pause(Duration.ofMillis(20));
                exchange.json(
                        200,
                        Completions.buffered(
                                "m", Completions.quoted(number(exchange.call().json()))));
            });
            return new KillRun(upstream, Files.createTempDirectory(parent, "kill-"), port).kill(rows, kills);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Outcome kill(int rows, int kills) throws Exception {
        var gateway = start();
        try {
            var slowest = awaitReady(gateway);
            var job = Jobs.ask("small", "[[mode:number]] Say n.", Jobs.numbers(rows), "{\"lanes\": " + LANES + "}");
            var id = post(job.toString()).path("id").asString();
            for (int kill = 1; kill <= kills; kill++) {
                long wanted = (long) kill * rows / (kills + 1);
                Eventually.holds(
                        "answers come", LONGEST_JOB, () -> upstream.calls().size() >= wanted);
                gateway.destroyForcibly().waitFor();
                gateway = start();
                var ready = awaitReady(gateway);
                slowest = ready.wall().compareTo(slowest.wall()) > 0 ? ready : slowest;
            }
            Eventually.holds(
                    "the job is over",
                    LONGEST_JOB,
                    () -> get("/v1/table-jobs/" + id).contains("finished_at"));
            var distinct = new HashSet<String>();
            upstream.calls().forEach(call -> distinct.add(call.text()));
            int extra = upstream.calls().size() - distinct.size();
            return new Outcome(rows, kills, right(id), extra, kills * LANES, slowest);
        } finally {
            gateway.destroyForcibly().waitFor();
        }
    }

    private Process start() throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "pointsman.PointsmanApplication",
                "serve",
                "--server.port=" + port,
                "--management.server.port=0",
                // No router: a gateway that starts sooner is killed sooner.
                "--pointsman.router.directory=" + data.resolve("none"),
                "--pointsman.batch.data-directory=" + data));
        for (var tier : List.of("small", "large")) {
            command.add("--pointsman.upstreams.%s.base-url=%s".formatted(tier, upstream.baseUrl()));
            command.add("--pointsman.upstreams.%s.model=m-%1$s".formatted(tier));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(data.resolve("log").toFile()))
                .start();
    }

    private Start awaitReady(Process gateway) throws Exception {
        var started = System.nanoTime();
        Eventually.holds("the gateway is ready", LONGEST_START, () -> {
            try {
                return get("/healthz").contains("ok");
            } catch (IOException _) {
                return false;
            }
        });
        return new Start(
                Duration.ofNanos(System.nanoTime() - started),
                gateway.info().totalCpuDuration().orElse(Duration.ZERO));
    }

    /// The rows whose one answer is the answer to their own question.
    private int right(String id) throws IOException, InterruptedException {
        var seen = new HashSet<Integer>();
        get("/v1/table-jobs/" + id + "/results").lines().map(JSON::readTree).forEach(line -> {
            int row = line.path("row").asInt(-1);
            if (!seen.add(row)) {
                throw new AssertionError("Row " + row + " has two answers.");
            }
            if (!line.path("answer").asString("").equals(Integer.toString(row))) {
                throw new AssertionError("Row " + row + " has another's answer: " + line);
            }
        });
        return seen.size();
    }

    private static String number(JsonNode request) {
        return JSON.readTree(request.path("messages").path(1).path("content").asString())
                .path("n")
                .toString();
    }

    private String get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private JsonNode post(String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri("/v1/table-jobs"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
