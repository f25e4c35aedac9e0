package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.models.batches.Batch;
import com.openai.models.batches.BatchCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FilePurpose;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.SharedGateway;

/// A small model whose dialect has no words for some of what clients ask. Here `small` speaks Anthropic's,
/// and everything is easy.
@Timeout(60)
class SmallsLimitsTest {
    private static final Gateway GATEWAY = SharedGateway.TIGHT.get();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"n\": 2 | n", "\"logprobs\": true | logprobs"})
    void whatSmallCannotBeAskedForGoesToLargeAndSaysSo(String field, String name) throws Exception {
        var reply = client.chat(Chat.with(Chat.ask("auto", "hello"), field));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo("large");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("small_lacks_" + name);
        assertThat(GATEWAY.large().onlyCall().json().has(name)).isTrue();
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @Test
    void whoeverAsksForSmallByNameIsToldWhatItLacks() throws Exception {
        var reply = client.chat(Chat.with(Chat.ask("small", "hello"), "\"n\": 2"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo("unsupported_by_upstream");
        assertThat(reply.json().path("error").path("param").asString()).isEqualTo("n");
    }

    @Test
    void aRequestOfABatchGoesToLargeLikeASingleOne() throws Exception {
        var body = Chat.with(Chat.ask("auto", "hello"), "\"n\": 2");

        var batch = batchOf("{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}\n"
                .formatted(body));

        assertThat(batch.requestCounts().orElseThrow().completed()).isEqualTo(1);
        assertThat(GATEWAY.large().onlyCall().json().path("n").asInt()).isEqualTo(2);
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    private static Batch batchOf(String lines) throws Exception {
        var sdk = sdk();
        var file = sdk.files()
                .create(FileCreateParams.builder()
                        .purpose(FilePurpose.BATCH)
                        .file(MultipartField.<InputStream>builder()
                                .value(new ByteArrayInputStream(lines.getBytes(UTF_8)))
                                .filename("requests.jsonl")
                                .build())
                        .build());
        var batch = sdk.batches()
                .create(BatchCreateParams.builder()
                        .inputFileId(file.id())
                        .endpoint(BatchCreateParams.Endpoint.V1_CHAT_COMPLETIONS)
                        .completionWindow(BatchCreateParams.CompletionWindow._24H)
                        .build());
        Eventually.holds(
                "the batch is over",
                Duration.ofSeconds(30),
                () -> sdk.batches().retrieve(batch.id()).status().equals(Batch.Status.COMPLETED));
        return sdk.batches().retrieve(batch.id());
    }

    private static OpenAIClient sdk() {
        return OpenAIOkHttpClient.builder()
                .baseUrl(GATEWAY.uri("/v1").toString())
                .apiKey("any")
                .maxRetries(0)
                .build();
    }
}
