package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;

/// The local models behind the routes of both providers: real weights in the real engine. Runs where they lie in the
/// cache already.
@Timeout(180)
class LocalModelSurfacesTest {
    private static final Path CACHE = Path.of(Optional.ofNullable(System.getenv("POINTSMAN_HOME"))
            .orElse(System.getProperty("user.home") + "/.cache/pointsman"));
    private static final Path WEIGHTS = CACHE.resolve("SmolLM2-135M-Instruct.Q4_1.gguf");
    private static final Duration START = Duration.ofSeconds(90);
    private static final String QUESTION = "What is the capital of France?";

    @Test
    void theLocalModelAnswersInEveryDialectAndMakesEmbeddings() throws Exception {
        assumeThat(WEIGHTS).exists();
        try (var cached = Files.list(CACHE)) {
            assumeThat(cached.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.matches("engine-[0-9a-f]+"));
        }
        try (var gateway = Gateway.with(
                "pointsman.tier.threshold=0",
                "pointsman.upstreams.small.base-url=",
                "pointsman.upstreams.small.api-key=",
                "pointsman.upstreams.small.model=",
                "pointsman.upstreams.small.local=smollm2-135m-instruct",
                "pointsman.upstreams.embeddings.local=embedder",
                "pointsman.local.models.embedder.file=" + WEIGHTS,
                "pointsman.local.models.embedder.context-tokens=512",
                "pointsman.local.models.embedder.embeddings=true")) {
            Eventually.holds(
                    "the local models are up",
                    START,
                    () -> gateway.client().get("/readyz").status() == 200);

            assertThatMessagesAreAnswered(gateway);
            assertThatResponsesAreAnswered(gateway);
            assertThatTextsAreEmbedded(gateway);
            assertThatATableIsAnswered(gateway);
            assertThatAnImageIsRefused(gateway);
            assertThatToolsItWouldNeverSeeAreRefused(gateway);
            assertThatRoutedToolsGoToLarge(gateway);
            assertThatNoFieldOfAClientEndsTheEngine(gateway);
        }
    }

    private static void assertThatATableIsAnswered(Gateway gateway) throws Exception {
        var jobs = new Jobs(gateway.client());
        var table = Jobs.ask("small", "Name the number.", Jobs.numbers(3), "{\"ab_guard\": false}");

        var job = jobs.await(jobs.create(table));

        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("completed");
        assertThat(job.path("rows").path("answered").asInt()).as(job.toString()).isEqualTo(3);
    }

    private static void assertThatToolsItWouldNeverSeeAreRefused(Gateway gateway) throws Exception {
        var reply = gateway.client().post("/v1/chat/completions", withTools("small"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("unsupported_by_upstream", "'small' cannot be asked for 'tools'");
    }

    private static void assertThatRoutedToolsGoToLarge(Gateway gateway) throws Exception {
        var reply = gateway.client().post("/v1/chat/completions", withTools("auto"));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo("large");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("small_lacks_tools");
        assertThat(gateway.large().onlyCall().json().path("tools").size()).isEqualTo(1);
    }

    private static String withTools(String model) {
        return """
                {"model": "%s", "messages": [{"role": "user", "content": "Hi!"}], "tools": [{"type": "function",
                "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {}}}}]}""".formatted(model);
    }

    private static void assertThatNoFieldOfAClientEndsTheEngine(Gateway gateway) throws Exception {
        var grammar = "root ::= " + "(".repeat(30_000) + "\\\"a\\\"" + ")".repeat(30_000);
        for (var field : List.of("\"grammar\": \"%s\"".formatted(grammar), "\"repeat_last_n\": 150000000")) {
            var reply = gateway.client().post("/v1/chat/completions", """
                    {"model": "small", "messages": [{"role": "user", "content": "hi"}], "max_tokens": 4, %s}""".formatted(field));

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).contains("unsupported_by_upstream");
        }
        var next = gateway.client().post("/v1/chat/completions", """
                {"model": "small", "messages": [{"role": "user", "content": "hi"}], "max_tokens": 4}""");
        assertThat(next.status()).as(next.toString()).isEqualTo(200);
    }

    private static void assertThatMessagesAreAnswered(Gateway gateway) {
        var client = AnthropicOkHttpClient.builder()
                .baseUrl(gateway.uri("").toString())
                .apiKey("any")
                .build();
        var params = MessageCreateParams.builder()
                .model("small")
                .maxTokens(40)
                .addUserMessage(QUESTION)
                .build();
        var streamed = MessageAccumulator.create();

        var message = client.messages().create(params);
        try (var events = client.messages().createStreaming(params)) {
            events.stream().forEach(streamed::accumulate);
        }
        var counted = client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model("small")
                        .addUserMessage(QUESTION)
                        .build());

        assertThat(message.content().getFirst().asText().text()).contains("Paris");
        assertThat(streamed.message().content().getFirst().asText().text()).contains("Paris");
        assertThat(counted.inputTokens())
                .isBetween(
                        8L,
                        message.usage().inputTokens()
                                + message.usage().cacheReadInputTokens().orElse(0L)
                                + 8);
    }

    private static void assertThatResponsesAreAnswered(Gateway gateway) {
        var response = openAi(gateway)
                .responses()
                .create(ResponseCreateParams.builder()
                        .model("small")
                        .input(QUESTION)
                        .build());

        assertThat(response.output().toString()).contains("Paris");
    }

    private static void assertThatAnImageIsRefused(Gateway gateway) throws Exception {
        var reply = gateway.client().post("/v1/chat/completions", """
                {"model": "small", "messages": [{"role": "user", "content": [{"type": "text", "text": "what?"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}]}]}""");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .contains(
                        "unsupported_by_upstream",
                        "'small' cannot be asked for 'image': the local model",
                        "cannot read it");
    }

    private static void assertThatTextsAreEmbedded(Gateway gateway) {
        var answer = openAi(gateway)
                .embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("embeddings")
                        .input(QUESTION)
                        .build());

        assertThat(answer.data().getFirst().embedding()).hasSize(576);
        assertThat(answer.usage().promptTokens()).isPositive();
    }

    private static OpenAIClient openAi(Gateway gateway) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.uri("/v1").toString())
                .apiKey("any")
                .build();
    }
}
