package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.models.ModelListParams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Call;
import pointsman.testing.Chat;
import pointsman.testing.ClientTable;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;

/// Anthropic's official Java SDK, unchanged but for its base URL: `small` speaks OpenAI's dialect, `large`
/// Anthropic's.
@Timeout(60)
class AnthropicSdkTest {
    @RegisterExtension
    static final TestWatcher COUNTED = ClientTable.counting("anthropic-java", "anthropic-java.version");

    private static final Gateway GATEWAY = Gateway.mixed();

    private final AnthropicClient client = AnthropicOkHttpClient.builder()
            .baseUrl(GATEWAY.uri("").toString())
            .apiKey("any")
            .maxRetries(0)
            .build();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "small", "large", "huge-1"})
    void aMessageIsAnswered(String model) {
        var message = client.messages().create(ask(model, "hello").build());

        assertThat(text(message)).isEqualTo(Completions.TEXT);
        assertThat(message.usage().outputTokens()).isEqualTo(Completions.ANSWER_TOKENS);
        assertThat(message.usage().cacheReadInputTokens()).contains((long) Completions.CACHED_TOKENS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void aStreamAddsUpToTheSameMessage(String model) {
        assertThat(text(stream(ask(model, "hello")))).isEqualTo(Completions.TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void parallelToolUsesComeBackBufferedAndStreamed(String model) {
        var asked = tool(ask(model, Chat.mode("tool-calls")));

        assertThat(cities(client.messages().create(asked.build()))).containsExactly("Paris", "Rome");
        assertThat(cities(stream(asked))).containsExactly("Paris", "Rome");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void structuredOutputIsOfItsSchema(String model) {
        var schema = JsonOutputFormat.Schema.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .putAdditionalProperty("properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                .build();
        var format = JsonOutputFormat.builder().schema(schema).build();
        var params = ask(model, "hello")
                .outputConfig(OutputConfig.builder().format(format).build())
                .build();

        assertThat(text(client.messages().create(params))).isEqualToIgnoringWhitespace("{\"city\":\"Paris\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void tokensAreCounted(String model) {
        var counted = client.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(model)
                        .addUserMessage("hello")
                        .build());

        assertThat(counted.inputTokens()).isPositive();
    }

    @Test
    void theModelsAreListed() {
        assertThat(client.models().list().data())
                .extracting(model -> model.id())
                .contains("auto", "small", "large");
    }

    @Test
    void theModelsAreListedPageByPage() {
        var pages = client.models().list(ModelListParams.builder().limit(2).build());

        assertThat(pages.data()).hasSize(2);
        assertThat(pages.autoPager())
                .extracting(model -> model.id())
                .doesNotHaveDuplicates()
                .containsAll(client.models().list().data().stream()
                        .map(model -> model.id())
                        .toList());
    }

    @Test
    void anUnknownModelIsANotFoundException() {
        assertThat(failure(NotFoundException.class, ask("my-typo", "hello"))).hasMessageContaining("my-typo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void aRateLimitIsARateLimitException(String model) {
        var error = failure(RateLimitException.class, ask(model, Chat.mode("429")));

        assertThat(error.headers().values("retry-after")).containsExactly("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void aRefusalOfTheUpstreamIsABadRequestExceptionInItsWords(String model) {
        assertThat(failure(BadRequestException.class, ask(model, Chat.mode("status:400"))))
                .hasMessageContaining("Fake failure 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status:500", "garbage-json", "reset-before-headers"})
    void aBrokenUpstreamIsAnInternalServerException(String mode) {
        assertThat(failure(InternalServerException.class, ask("large", Chat.mode(mode))))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"small,reset-mid-stream", "small,no-finish", "large,reset-mid-stream", "large,error-mid-stream"})
    void aStreamThatBreaksOffIsAnException(String model, String mode) {
        assertThat(catchThrowableOfType(AnthropicServiceException.class, () -> stream(ask(model, Chat.mode(mode)))))
                .isNotNull();
    }

    @Test
    void aPassingFaultIsTriedAgainByTheClient() {
        var patient = client.withOptions(options -> options.maxRetries(2));

        var message = patient.messages()
                .create(ask("large", Chat.mode("fail-then-ok:1,500")).build());

        assertThat(text(message)).isEqualTo(Completions.TEXT);
        assertThat(GATEWAY.large().calls()).hasSize(2);
    }

    @Test
    void theClientsOwnTimeoutEndsTheUpstreamsCallToo() throws Exception {
        var hasty = RequestOptions.builder().timeout(Duration.ofMillis(300)).build();
        var params = ask("large", Chat.mode("hang")).build();

        var error = catchThrowableOfType(
                AnthropicIoException.class, () -> client.messages().create(params, hasty));

        assertThat(error).isNotNull();
        assertThat(GATEWAY.large().awaitCall().awaitEnding(Duration.ofSeconds(5)))
                .isEqualTo(Call.Ending.CALLER_GONE);
    }

    @Test
    void aStreamThatIsLeftEndsAtTheUpstreamToo() throws Exception {
        try (var response = client.messages()
                .createStreaming(ask("large", Chat.mode("endless")).build())) {
            assertThat(response.stream().limit(5)).hasSize(5);
        }

        assertThat(GATEWAY.large().awaitCall().awaitEnding(Duration.ofSeconds(5)))
                .isEqualTo(Call.Ending.CALLER_GONE);
    }

    private Message stream(MessageCreateParams.Builder params) {
        var accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> response = client.messages().createStreaming(params.build())) {
            response.stream().forEach(accumulator::accumulate);
        }
        return accumulator.message();
    }

    private <T extends AnthropicServiceException> T failure(Class<T> type, MessageCreateParams.Builder params) {
        return catchThrowableOfType(type, () -> client.messages().create(params.build()));
    }

    private static MessageCreateParams.Builder ask(String model, String prompt) {
        return MessageCreateParams.builder().model(model).maxTokens(100).addUserMessage(prompt);
    }

    private static MessageCreateParams.Builder tool(MessageCreateParams.Builder params) {
        var city = JsonValue.from(Map.of("type", "string"));
        var schema = Tool.InputSchema.builder()
                .properties(Tool.InputSchema.Properties.builder()
                        .putAdditionalProperty("city", city)
                        .build())
                .build();
        return params.addTool(Tool.builder().name("weather").inputSchema(schema).build());
    }

    private static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    private static List<String> cities(Message message) {
        return message.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .map(use -> use._input().convert(Map.class))
                .map(input -> input == null ? "" : String.valueOf(input.get("city")))
                .toList();
    }
}
