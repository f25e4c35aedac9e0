package pointsman.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// A program that serves models on people's machines, on a loopback port: its pages as Ollama, LM Studio,
/// vLLM and llama-server have them (2026-11), and chats. What it does not know it answers as that program
/// does.
public final class FakeProgram implements AutoCloseable {
    private static final String CHAT = "/v1/chat/completions";

    private final HttpServer server;
    private final Map<String, Page> pages;
    private final Page unknown;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private FakeProgram(Page unknown, Map<String, Page> pages) {
        this.unknown = unknown;
        this.pages = pages;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /// An answer; one without a status never comes.
    public record Page(int status, String body) {
        /// One that never comes.
        public static final Page NEVER = new Page(0, "");
    }

    public static FakeProgram ollama(String... models) {
        var list = models.length == 0
                ? "{\"object\": \"list\", \"data\": null}"
                : list(
                        "{\"id\": \"%s\", \"object\": \"model\", \"created\": 1700000000, \"owned_by\": \"library\"}",
                        models);
        return new FakeProgram(
                new Page(404, "404 page not found"),
                Map.of(
                        "/", new Page(200, "Ollama is running"),
                        "/api/version", new Page(200, "{\"version\": \"0.12.6\"}"),
                        "/v1/models", new Page(200, list)));
    }

    public static FakeProgram lmStudio(String... models) {
        return new FakeProgram(
                new Page(200, "{\"error\": \"Unexpected endpoint or method. (GET /any)\"}"),
                Map.of(
                        "/api/v0/models",
                        new Page(200, list("{\"id\": \"%s\", \"type\": \"llm\", \"state\": \"not-loaded\"}", models)),
                        "/v1/models",
                        new Page(
                                200,
                                list(
                                        "{\"id\": \"%s\", \"object\": \"model\", \"owned_by\": \"organization_owner\"}",
                                        models))));
    }

    public static FakeProgram vllm(String... models) {
        return new FakeProgram(
                new Page(404, "{\"detail\": \"Not Found\"}"),
                Map.of(
                        "/version",
                        new Page(200, "{\"version\": \"0.28.0\"}"),
                        "/v1/models",
                        new Page(
                                200,
                                list(
                                        "{\"id\": \"%s\", \"object\": \"model\", \"owned_by\": \"vllm\","
                                                + " \"max_model_len\": 32768}",
                                        models))));
    }

    /// One with `--api-key`, which guards what is below `/v1`.
    public static FakeProgram guardedVllm() {
        return new FakeProgram(
                new Page(404, "{\"detail\": \"Not Found\"}"),
                Map.of(
                        "/version", new Page(200, "{\"version\": \"0.28.0\"}"),
                        "/v1/models", new Page(401, "{\"error\": \"Unauthorized\"}")));
    }

    public static FakeProgram llamaServer(String model) {
        return new FakeProgram(
                new Page(404, "{\"error\": {\"code\": 404, \"message\": \"File Not Found\"}}"),
                Map.of(
                        "/props",
                        new Page(200, "{\"default_generation_settings\": {\"n_ctx\": 4096}, \"total_slots\": 4}"),
                        "/api/tags",
                        new Page(200, "{\"models\": [{\"name\": \"%s\"}]}".formatted(model)),
                        "/v1/models",
                        new Page(
                                200,
                                list(
                                        "{\"id\": \"%s\", \"object\": \"model\", \"owned_by\": \"llamacpp\","
                                                + " \"meta\": {\"n_ctx_train\": 131072}}",
                                        model))));
    }

    /// Something else that listens where such a program might.
    public static FakeProgram other(Page everywhere) {
        return new FakeProgram(everywhere, Map.of());
    }

    private static String list(String form, String... models) {
        return Arrays.stream(models)
                .map(form::formatted)
                .collect(Collectors.joining(", ", "{\"object\": \"list\", \"data\": [", "]}"));
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /// What it was asked, as `GET /v1/models`.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path);
            exchange.getRequestBody().readAllBytes();
            var page = path.equals(CHAT)
                    ? new Page(200, Completions.buffered("m", Completions.quoted("Hello from this machine.")))
                    : Optional.ofNullable(pages.get(path)).orElse(unknown);
            if (page.equals(Page.NEVER)) {
                closed.await();
                return;
            }
            var body = page.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(page.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
