package pointsman.fleet.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/// A real process in an engine's place: another JVM that answers `/health` and `/metrics` and can be told over HTTP to
/// crash or to hang. With the behaviour `refuses` it ends at once, with `endures` it does not end when it is asked to.
final class FakeEngine implements Engine {
    private final String behaviour;

    FakeEngine(String behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public Launch launch(Settings settings) {
        var command = java(FakeEngine.class, behaviour, Integer.toString(settings.port()));
        return new Launch(command, Map.of("FAKE_ENGINE_KEY", settings.apiKey()), settings.model());
    }

    /// The command that runs a class of the tests in another JVM like this one.
    static List<String> java(Class<?> main, String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Tells a running one to `crash` or to `hang`; returns when it was understood.
    static void tell(int port, String order) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + port + "/" + order);
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
        }
    }

    static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("refuses")) {
            System.err.println("error: this file is not a model");
            System.exit(3);
        }
        var server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        new FakeEngine(arguments[0]).serve(server);
        while (System.in.read() >= 0) {
            // held open by whoever started us
        }
        if (!arguments[0].equals("endures")) {
            Runtime.getRuntime().halt(0);
        }
    }

    private volatile boolean hung;

    private void serve(HttpServer server) {
        if (behaviour.equals("endures")) {
            Runtime.getRuntime().addShutdownHook(new Thread(FakeEngine::waitForEver));
        }
        server.createContext("/health", exchange -> answer(exchange, "{\"status\":\"ok\"}"));
        server.createContext("/metrics", this::metrics);
        server.createContext("/crash", _ -> Runtime.getRuntime().halt(134));
        server.createContext("/hang", exchange -> {
            answer(exchange, "hanging");
            hung = true;
        });
        server.start();
    }

    private void metrics(HttpExchange exchange) throws IOException {
        var key = "Bearer " + System.getenv("FAKE_ENGINE_KEY");
        if (key.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, "llamacpp:prompt_tokens_seconds 170.5\nllamacpp:requests_deferred 2\n");
        } else {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        }
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        if (hung) {
            waitForEver();
        }
        exchange.sendResponseHeaders(200, body.length());
        exchange.getResponseBody().write(body.getBytes(US_ASCII));
        exchange.close();
    }

    private static void waitForEver() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
