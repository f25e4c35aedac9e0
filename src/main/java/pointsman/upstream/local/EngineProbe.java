package pointsman.upstream.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Asks a running engine how it is.
final class EngineProbe {
    private final HttpClient client;
    private final HttpRequest health;
    private final HttpRequest metrics;

    EngineProbe(HttpClient client, int port, String apiKey, Duration timeout) {
        this.client = client;
        var engine = URI.create("http://127.0.0.1:" + port);
        this.health = HttpRequest.newBuilder(engine.resolve("/health"))
                .timeout(timeout)
                .build();
        this.metrics = HttpRequest.newBuilder(engine.resolve("/metrics"))
                .timeout(timeout)
                .header("Authorization", "Bearer " + apiKey)
                .build();
    }

    /// Whether it says in time that it can answer.
    boolean isHealthy() throws InterruptedException {
        return page(health).isPresent();
    }

    /// Its metrics page; empty where it is too busy to give it in time.
    Optional<String> metrics() throws InterruptedException {
        return page(metrics);
    }

    private Optional<String> page(HttpRequest request) throws InterruptedException {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
