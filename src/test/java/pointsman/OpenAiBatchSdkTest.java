package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.testing.Chat;
import pointsman.testing.Completions;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official Java SDK's files and batches, unchanged but for its base URL.
@Timeout(60)
class OpenAiBatchSdkTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Gateway GATEWAY = Gateway.shared();

    private static final String CHAT = "/v1/chat/completions";

    private final OpenAIClient client = client(GATEWAY);

    private static OpenAIClient client(Gateway gateway) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.uri("/v1").toString())
                .apiKey("any")
                .maxRetries(0)
                .build();
    }

    @Test
    void aBatchIsAnsweredByCustomIdAndItsErrorsStandApart() throws Exception {
        var lines = IntStream.range(0, 12)
                .mapToObj(n -> line("id-" + n, CHAT, n == 5 ? Chat.mode("status:400") : "question " + n))
                .toList();

        var batch = finished(client, create(client, CHAT, lines));

        assertThat(batch.status()).isEqualTo(Batch.Status.COMPLETED);
        assertThat(batch.requestCounts()).hasValueSatisfying(counts -> {
            assertThat(counts.total()).isEqualTo(12);
            assertThat(counts.completed()).isEqualTo(11);
            assertThat(counts.failed()).isEqualTo(1);
        });
        assertThat(content(client, batch.outputFileId().orElseThrow()))
                .extracting(answer -> answer.path("custom_id").asString())
                .hasSize(11)
                .doesNotContain("id-5");
        assertThat(content(client, batch.errorFileId().orElseThrow()))
                .extracting(answer -> answer.path("custom_id").asString())
                .containsExactly("id-5");
    }

    @Test
    void aBatchWithAFaultyFileFailsAndNamesTheLine() throws Exception {
        var batch = finished(
                client,
                create(
                        client,
                        CHAT,
                        List.of(line("a", CHAT, "x"), line("a", CHAT, "y"), line("b", "/v1/embeddings", "z"))));

        assertThat(batch.status()).isEqualTo(Batch.Status.FAILED);
        assertThat(batch.errors().orElseThrow().data().orElseThrow())
                .extracting(error -> error.line().orElse(0L))
                .containsExactly(2L, 3L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/responses   | input    | small      | /output/0/content/0/text",
                "/v1/responses   | input    | large      | /output/0/content/0/text",
                "/v1/completions | prompt   | small      | /choices/0/text",
                "/v1/embeddings  | input    | embeddings | /data/0/embedding"
            })
    void everyEndpointAnswersAsItDoesASingleRequest(String url, String field, String model, String what)
            throws Exception {
        var client = client(Gateway.mixed());
        var body = "{\"model\": \"%s\", \"%s\": \"question %%d\"}".formatted(model, field);
        var lines = IntStream.range(0, 6)
                .mapToObj(n -> "{\"custom_id\":\"%d\",\"method\":\"POST\",\"url\":\"%s\",\"body\":%s}"
                        .formatted(n, url, body.formatted(n)))
                .toList();

        var batch = finished(client, create(client, url, lines));

        assertThat(batch.requestCounts().orElseThrow().completed()).isEqualTo(6);
        assertThat(content(client, batch.outputFileId().orElseThrow()))
                .hasSize(6)
                .allSatisfy(line -> {
                    assertThat(line.at("/response/status_code").asInt()).isEqualTo(200);
                    assertThat(line.at("/response/body" + what).isMissingNode()).isFalse();
                });
    }

    @Test
    void aBodyThatIsDeeperThanOneReadsPassesOnAsItCame() throws Exception {
        var body = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"}}],\n\"n\":1.50,\"x\":%s%s}"
                .formatted("[".repeat(900), "]".repeat(900));
        GATEWAY.small().on("deep", (exchange, _) -> exchange.json(200, body));

        var batch = finished(client, create(client, CHAT, List.of(line("a", CHAT, Chat.mode("deep")))));

        assertThat(batch.status()).isEqualTo(Batch.Status.COMPLETED);
        try (var response = client.files().content(batch.outputFileId().orElseThrow())) {
            assertThat(new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains(body.replace('\n', ' '));
        }
    }

    @Test
    void aBatchTellsWhenItBeganToWriteItsResultsAndWhatItUsed() throws Exception {
        var batch = finished(client, create(client, CHAT, List.of(line("a", CHAT, "hello"))));

        assertThat(batch.inProgressAt().orElseThrow()).isGreaterThanOrEqualTo(batch.createdAt());
        assertThat(batch.finalizingAt().orElseThrow())
                .isGreaterThanOrEqualTo(batch.inProgressAt().orElseThrow());
        assertThat(batch.completedAt().orElseThrow())
                .isGreaterThanOrEqualTo(batch.finalizingAt().orElseThrow());
        assertThat(batch.cancellingAt()).isEmpty();
        assertThat(batch.usage().orElseThrow().inputTokens()).isEqualTo(Completions.PROMPT_TOKENS);
    }

    @Test
    void aCancelledBatchKeepsWhatIsAnswered() throws Exception {
        var lines = IntStream.range(0, 400)
                .mapToObj(n -> line("id-" + n, CHAT, Chat.mode("slow-first-byte:20") + n))
                .toList();
        var batch = create(client, CHAT, lines);
        Eventually.holds(
                "answers come",
                Duration.ofSeconds(30),
                () -> client.batches()
                                .retrieve(batch.id())
                                .requestCounts()
                                .orElseThrow()
                                .completed()
                        > 0);

        client.batches().cancel(batch.id());
        var over = finished(client, batch);

        assertThat(over.status()).isEqualTo(Batch.Status.CANCELLED);
        assertThat(over.cancelledAt().orElseThrow())
                .isGreaterThanOrEqualTo(over.cancellingAt().orElseThrow());
        assertThat(content(client, over.outputFileId().orElseThrow()))
                .hasSize((int) over.requestCounts().orElseThrow().completed());
    }

    @Test
    void fieldsMoveOnlyWhereTheMetadataSaysSo() {
        assertThatThrownBy(() -> client.batches()
                        .create(params(CHAT, upload(client, "{}"))
                                .metadata(BatchCreateParams.Metadata.builder()
                                        .putAdditionalProperty("pointsman_orders", JsonValue.from("any"))
                                        .build())
                                .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("metadata.pointsman_orders");
    }

    @Test
    void filesCanBeListedReadAndDeleted() {
        var file = upload(client, "{}\n");

        assertThat(client.files().list().data())
                .extracting(listed -> listed.id())
                .contains(file);
        assertThat(client.files().retrieve(file).bytes()).isEqualTo(3);
        assertThat(client.files().delete(file).deleted()).isTrue();
        assertThat(client.files().list().data())
                .extracting(listed -> listed.id())
                .doesNotContain(file);
    }

    private static Batch create(OpenAIClient client, String endpoint, List<String> lines) {
        return client.batches()
                .create(params(endpoint, upload(client, String.join("\n", lines)))
                        .build());
    }

    private static BatchCreateParams.Builder params(String endpoint, String file) {
        return BatchCreateParams.builder()
                .inputFileId(file)
                .endpoint(BatchCreateParams.Endpoint.of(endpoint))
                .completionWindow(BatchCreateParams.CompletionWindow._24H);
    }

    private static String upload(OpenAIClient client, String text) {
        return client.files()
                .create(FileCreateParams.builder()
                        .file(text.getBytes(StandardCharsets.UTF_8))
                        .purpose(FilePurpose.BATCH)
                        .build())
                .id();
    }

    private static Batch finished(OpenAIClient client, Batch batch) throws Exception {
        var over = Set.of(Batch.Status.COMPLETED, Batch.Status.FAILED, Batch.Status.CANCELLED);
        Eventually.holds(
                "the batch is over",
                Duration.ofSeconds(30),
                () -> over.contains(client.batches().retrieve(batch.id()).status()));
        return client.batches().retrieve(batch.id());
    }

    private static List<JsonNode> content(OpenAIClient client, String file) throws Exception {
        try (var response = client.files().content(file)) {
            return new String(response.body().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JSON::readTree)
                    .collect(Collectors.toList());
        }
    }

    private static String line(String customId, String url, String prompt) {
        return "{\"custom_id\":\"%s\",\"method\":\"POST\",\"url\":\"%s\",\"body\":%s}"
                .formatted(customId, url, Chat.ask("small", prompt));
    }
}
