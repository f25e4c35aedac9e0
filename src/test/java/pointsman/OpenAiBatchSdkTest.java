package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Chat;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official Java SDK's files and batches, unchanged but for its base URL.
@Timeout(60)
class OpenAiBatchSdkTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Gateway GATEWAY = Gateway.shared();

    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(GATEWAY.uri("/v1").toString())
            .apiKey("any")
            .maxRetries(0)
            .build();

    @Test
    void aBatchIsAnsweredByCustomIdAndItsErrorsStandApart() throws Exception {
        var lines = IntStream.range(0, 12)
                .mapToObj(n ->
                        line("id-" + n, "/v1/chat/completions", n == 5 ? Chat.mode("status:400") : "question " + n))
                .toList();

        var batch = finished(create(lines));

        assertThat(batch.status()).isEqualTo(Batch.Status.COMPLETED);
        assertThat(batch.requestCounts()).hasValueSatisfying(counts -> {
            assertThat(counts.total()).isEqualTo(12);
            assertThat(counts.completed()).isEqualTo(11);
            assertThat(counts.failed()).isEqualTo(1);
        });
        assertThat(content(batch.outputFileId().orElseThrow()))
                .extracting(answer -> answer.path("custom_id").asString())
                .hasSize(11)
                .doesNotContain("id-5");
        assertThat(content(batch.errorFileId().orElseThrow()))
                .extracting(answer -> answer.path("custom_id").asString())
                .containsExactly("id-5");
    }

    @Test
    void aBatchWithAFaultyFileFailsAndNamesTheLine() throws Exception {
        var batch = finished(create(List.of(
                line("a", "/v1/chat/completions", "x"),
                line("a", "/v1/chat/completions", "y"),
                line("b", "/v1/embeddings", "z"))));

        assertThat(batch.status()).isEqualTo(Batch.Status.FAILED);
        assertThat(batch.errors().orElseThrow().data().orElseThrow())
                .extracting(error -> error.line().orElse(0L))
                .containsExactly(2L, 3L);
    }

    @Test
    void filesCanBeListedReadAndDeleted() {
        var file = upload("{}\n");

        assertThat(client.files().list().data())
                .extracting(listed -> listed.id())
                .contains(file);
        assertThat(client.files().retrieve(file).bytes()).isEqualTo(3);
        assertThat(client.files().delete(file).deleted()).isTrue();
        assertThat(client.files().list().data())
                .extracting(listed -> listed.id())
                .doesNotContain(file);
    }

    private Batch create(List<String> lines) {
        return client.batches()
                .create(BatchCreateParams.builder()
                        .inputFileId(upload(String.join("\n", lines)))
                        .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                        .completionWindow(BatchCreateParams.CompletionWindow._24H)
                        .build());
    }

    private String upload(String text) {
        return client.files()
                .create(FileCreateParams.builder()
                        .file(text.getBytes(StandardCharsets.UTF_8))
                        .purpose(FilePurpose.BATCH)
                        .build())
                .id();
    }

    private Batch finished(Batch batch) throws Exception {
        Eventually.holds("the batch is over", Duration.ofSeconds(30), () -> {
            var status = client.batches().retrieve(batch.id()).status();
            return status.equals(Batch.Status.COMPLETED) || status.equals(Batch.Status.FAILED);
        });
        return client.batches().retrieve(batch.id());
    }

    private List<JsonNode> content(String file) throws Exception {
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
