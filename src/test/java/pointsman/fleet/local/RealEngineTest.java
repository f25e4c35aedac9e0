package pointsman.fleet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real engine with real weights, as the defaults name them. Runs where the weights lie in the cache
/// already, or with `POINTSMAN_REAL_MODEL=1`, which fetches them.
class RealEngineTest {
    private static final String SMALL = "smollm2-135m-instruct";
    private static final String LARGE = "gemma-3-270m";
    private static final Duration START = Duration.ofSeconds(60);
    private static final String QUESTION = """
            {"messages": [{"role": "user", "content": "What is the capital of France?"}],
             "temperature": 0, "max_tokens": 32, "stop": ["\\n\\n### "]}""";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withBean(SimpleMeterRegistry.class)
            .withUserConfiguration(LocalConfiguration.class);

    @Test
    void aRealModelAnswersReusesItsPromptAndSurvivesAKill() {
        application.run(context -> {
            assumeWeights(context.getBean(LocalProperties.class), SMALL);
            var model = context.getBean(LocalModels.class).start(SMALL);
            Await.until("the model is up", START, model::up);

            var first = ask(model);
            var second = ask(model);

            assertThat(answer(first)).contains("Paris").isEqualTo(answer(second));
            assertThat(cachedTokens(second)).isGreaterThan(cachedTokens(first));
            assertThat(cachedTokens(second)).isGreaterThan(20);

            var killed = model.pid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            Await.until("the kill is noticed", Duration.ofSeconds(2), () -> !model.up());
            Await.until("the model is back", START, () -> model.up() && model.pid() != killed);
            assertThat(answer(ask(model))).contains("Paris");
        });
    }

    @Test
    void theLargerModelIsPutTogetherFromItsPartsAndAnswers() {
        application.run(context -> {
            assumeWeights(context.getBean(LocalProperties.class), LARGE);
            var model = context.getBean(LocalModels.class).start(LARGE);
            Await.until("the model is up", START, model::up);

            var first = ask(model);

            assertThat(answer(first)).contains("Paris");
            assertThat(cachedTokens(first))
                    .as("the template's examples were read before it was up")
                    .isGreaterThan(100);
        });
    }

    private static void assumeWeights(LocalProperties properties, String name) {
        var model = Objects.requireNonNull(properties.models().get(name));
        var weights = properties.cacheDirectory().resolve(model.file());
        assumeTrue(
                "1".equals(System.getenv("POINTSMAN_REAL_MODEL")) || Files.exists(weights),
                "no weights at " + weights + ", and POINTSMAN_REAL_MODEL is not 1");
    }

    private static JsonNode ask(LocalModel model) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(model.baseUrl() + "/chat/completions"))
                    .header("Authorization", "Bearer " + model.apiKey())
                    .header("Content-Type", "application/json")
                    .timeout(START)
                    .POST(BodyPublishers.ofString(QUESTION))
                    .build();
            var response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return JsonMapper.shared().readTree(response.body());
        }
    }

    private static String answer(JsonNode completion) {
        return completion.at("/choices/0/message/content").asString();
    }

    private static int cachedTokens(JsonNode completion) {
        return completion.at("/usage/prompt_tokens_details/cached_tokens").asInt();
    }
}
