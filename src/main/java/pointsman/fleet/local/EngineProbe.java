package pointsman.fleet.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Asks a running engine how it is.
final class EngineProbe {
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(30);
    private static final String QUESTION = """
            {"messages": [{"role": "user", "content": "Hello!"}], "max_tokens": 1}""";

    private final HttpClient client;
    private final HttpRequest health;
    private final HttpRequest metrics;
    private final HttpRequest properties;
    private final HttpRequest question;

    EngineProbe(HttpClient client, int port, String apiKey, Duration timeout) {
        this.client = client;
        var engine = URI.create("http://127.0.0.1:" + port);
        this.health = HttpRequest.newBuilder(engine.resolve("/health"))
                .timeout(timeout)
                .build();
        this.metrics = authorized(engine.resolve("/metrics"), apiKey, timeout).build();
        this.properties = authorized(engine.resolve("/props"), apiKey, timeout).build();
        this.question = authorized(engine.resolve("/v1/chat/completions"), apiKey, LONGEST_QUESTION)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(QUESTION))
                .build();
    }

    private static HttpRequest.Builder authorized(URI page, String apiKey, Duration timeout) {
        return HttpRequest.newBuilder(page).timeout(timeout).header("Authorization", "Bearer " + apiKey);
    }

    /// Whether it says in time that it can answer.
    boolean isHealthy() throws InterruptedException {
        return page(health).isPresent();
    }

    /// Its metrics page; empty where it is too busy to give it in time.
    Optional<String> metrics() throws InterruptedException {
        return page(metrics);
    }

    /// Whether its chat template has a place for tools; empty where it does not say.
    Optional<Boolean> takesTools() throws InterruptedException {
        return page(properties).flatMap(EngineProbe::supportsTools);
    }

    /// Asks it for a word and forgets it. What every prompt begins with is then in its cache, as it will be
    /// for all who ask later; so an answer does not depend on who was first, and
    /// [pointsman.dialect.continuation.Replay] is exact. Who is first does not wait for it either.
    void warm() throws InterruptedException {
        var _ = page(question);
    }

    private static Optional<Boolean> supportsTools(String properties) {
        try {
            var says = JsonMapper.shared()
                    .readTree(properties)
                    .path("chat_template_caps")
                    .path("supports_tools");
            return says.isBoolean() ? Optional.of(says.booleanValue()) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
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
