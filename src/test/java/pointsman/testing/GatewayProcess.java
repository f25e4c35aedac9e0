package pointsman.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A gateway that is a process of its own, so that it can be killed, and started again on the same port and
/// data. Both of its tiers are one provider, and it has no router: a gateway that starts sooner is killed
/// sooner.
public final class GatewayProcess implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private static final AtomicInteger BEGUN = new AtomicInteger();

    private final String upstream;
    private final Path data;
    private final int port;
    private final List<String> properties;
    private Process process;

    private GatewayProcess(String upstream, Path data, int port, List<String> properties) throws IOException {
        this.upstream = upstream;
        this.data = data;
        this.port = port;
        this.properties = List.copyOf(properties);
        this.process = begin();
    }

    /// How long a process took to its first answer to a request.
    ///
    /// @param wall by the clock; on a busy machine most of it is waiting for a processor
    /// @param processor that it was given in that time, on all cores together
    public record Start(Duration wall, Duration processor) {}

    /// Begins a process with data of its own.
    ///
    /// @param upstream base URL of the provider
    /// @param properties such as `pointsman.batch.limits.rows=10`, beside the defaults
    public static GatewayProcess of(String upstream, String... properties) throws IOException {
        var parent = Files.createDirectories(Path.of("target", "jobs"));
        return new GatewayProcess(upstream, Files.createTempDirectory(parent, "own-"), freePort(), List.of(properties));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// How many were begun.
    static int begun() {
        return BEGUN.get();
    }

    private Process begin() throws IOException {
        BEGUN.incrementAndGet();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "pointsman.PointsmanApplication",
                "serve",
                "--server.port=" + port,
                "--management.server.port=0",
                "--pointsman.discovery.enabled=false",
                "--pointsman.router.directory=" + data.resolve("none"),
                "--pointsman.batch.data-directory=" + data));
        for (var tier : List.of("small", "large")) {
            command.add("--pointsman.upstreams.%s.base-url=%s".formatted(tier, upstream));
            command.add("--pointsman.upstreams.%s.model=m-%1$s".formatted(tier));
        }
        properties.forEach(property -> command.add("--" + property));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(data.resolve("log").toFile()))
                .start();
    }

    /// Waits until it answers.
    public Start awaitReady() throws Exception {
        var started = System.nanoTime();
        Eventually.holds("the gateway is ready", LONGEST_START, () -> {
            try {
                return get("/healthz").contains("ok");
            } catch (IOException _) {
                return false;
            }
        });
        return new Start(Duration.ofNanos(System.nanoTime() - started), processorTime());
    }

    /// Kills it, as a power cut would, and begins it again.
    public void killAndBegin() throws Exception {
        process.destroyForcibly().waitFor();
        process = begin();
    }

    /// Asks it to go, as a service manager does, and waits for that.
    ///
    /// @return the exit status
    public int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /// What it has logged so far.
    public String log() throws IOException {
        return Files.readString(data.resolve("log"));
    }

    /// Tells it to end, and waits until it has.
    public Duration end() throws InterruptedException {
        var started = System.nanoTime();
        process.destroy();
        process.waitFor();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /// Whether nobody listens on its port.
    public boolean refusesConnections() {
        try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    public long pid() {
        return process.pid();
    }

    /// What it has used of all cores together since it began.
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public String get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    /// The answer while it comes.
    public HttpResponse<InputStream> open(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofInputStream());
    }

    public HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return post(path, BodyPublishers.ofString(body), "application/json", headers);
    }

    public HttpResponse<String> post(String path, BodyPublisher body, String type, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri(path)).header("content-type", type).POST(body);
        for (int name = 0; name < headers.length; name += 2) {
            request.header(headers[name], headers[name + 1]);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /// Creates a table job and returns its id.
    public String create(ObjectNode job) throws IOException, InterruptedException {
        return JSON.readTree(post("/v1/table-jobs", job.toString()).body())
                .path("id")
                .asString();
    }

    /// Waits until a table job is over.
    public JsonNode awaitJob(String id, Duration longest) throws Exception {
        Eventually.holds(
                "the job " + id + " is over",
                longest,
                () -> get("/v1/table-jobs/" + id).contains("finished_at"));
        return JSON.readTree(get("/v1/table-jobs/" + id));
    }

    /// The rows of a job over [Jobs#numbers] whose one answer is their own number.
    public int ownNumbers(String id) throws IOException, InterruptedException {
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

    /// Lets the mode `number` answer a row of [Jobs#numbers] with its number, after a while.
    public static void tellNumbers(FakeUpstream upstream, Duration pause) {
        upstream.on("number", (exchange, _) -> {
            exchange.pause(pause);
            var row = JSON.readTree(
                    exchange.call().json().at("/messages/1/content").asString());
            exchange.json(
                    200,
                    Completions.buffered("m", Completions.quoted(row.path("n").toString())));
        });
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
