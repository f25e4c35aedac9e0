package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.models.Model;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.ClientTable;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;

/// The official Java SDK, unchanged but for its base URL.
@Timeout(60)
class OpenAiSdkTest {
    @RegisterExtension
    static final TestWatcher COUNTED = ClientTable.counting("openai-java", "openai-java.version");

    private static final Gateway GATEWAY = Gateway.shared();

    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(GATEWAY.uri("/v1").toString())
            .apiKey("any")
            .maxRetries(0)
            .build();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "small", "large", "tiny-1"})
    void aChatIsAnswered(String model) {
        var completion = client.chat().completions().create(ask(model, "hello").build());

        assertThat(completion.validate().choices().getFirst().message().content())
                .contains(Completions.TEXT);
        assertThat(completion.usage()).hasValueSatisfying(usage -> {
            assertThat(usage.promptTokens()).isEqualTo(Completions.PROMPT_TOKENS);
            assertThat(usage.completionTokens()).isEqualTo(Completions.ANSWER_TOKENS);
        });
    }

    @Test
    void aStreamAddsUpToTheSameText() {
        var chunks = stream(ask("small", "hello"));

        assertThat(text(chunks)).isEqualTo(Completions.TEXT);
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.choices()).isNotEmpty());
    }

    @Test
    void aStreamBringsItsUsageIfAsked() {
        var usage = ChatCompletionStreamOptions.builder().includeUsage(true).build();

        var chunks = stream(ask("small", "hello").streamOptions(usage));

        assertThat(chunks.getLast().usage())
                .hasValueSatisfying(
                        counted -> assertThat(counted.promptTokens()).isEqualTo(Completions.PROMPT_TOKENS));
    }

    @Test
    void parallelToolCallsComeBack() {
        var completion = client.chat()
                .completions()
                .create(tools(ask("small", Chat.mode("tool-calls"))).build());

        assertIsBothToolCalls(completion);
        assertThat(GATEWAY.small().onlyCall().json().path("tools")).hasSize(1);
    }

    @Test
    void streamedToolCallsAddUp() {
        var accumulator = ChatCompletionAccumulator.create();

        stream(tools(ask("small", Chat.mode("tool-calls")))).forEach(accumulator::accumulate);

        assertIsBothToolCalls(accumulator.chatCompletion());
    }

    @Test
    void fieldsThatTheSdkDoesNotKnowReachTheUpstream() {
        client.chat()
                .completions()
                .create(ask("small", "hello")
                        .putAdditionalBodyProperty("x_vendor", JsonValue.from(Map.of("deep", List.of(1, 2))))
                        .build());

        assertThat(GATEWAY.small()
                        .onlyCall()
                        .json()
                        .path("x_vendor")
                        .path("deep")
                        .get(1)
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void theModelsAreListed() {
        assertThat(client.models().list().data()).extracting(Model::id).contains("auto", "small", "large");
    }

    @Test
    void anUnknownModelIsANotFoundException() {
        var error = failure(NotFoundException.class, ask("my-typo", "hello"));

        assertThat(error.code()).contains("model_not_found");
        assertThat(error.param()).contains("model");
    }

    @Test
    void aRateLimitIsARateLimitException() {
        var error = failure(RateLimitException.class, ask("small", Chat.mode("429")));

        assertThat(error.code()).contains("upstream_rate_limited");
        assertThat(error.headers().values("retry-after")).containsExactly("7");
    }

    @Test
    void aRefusalOfTheUpstreamIsABadRequestExceptionInItsWords() {
        var error = failure(BadRequestException.class, ask("small", Chat.mode("status:400")));

        assertThat(error.code()).contains("fake_code");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status:500", "garbage-json", "reset-before-headers"})
    void aBrokenUpstreamIsAnInternalServerException(String mode) {
        var error = failure(InternalServerException.class, ask("small", Chat.mode(mode)));

        assertThat(error.code()).hasValueSatisfying(code -> assertThat(code).startsWith("upstream_"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset-mid-stream", "error-mid-stream", "no-finish"})
    void aStreamThatBreaksOffIsAnException(String mode) {
        var error = catchThrowableOfType(OpenAIServiceException.class, () -> stream(ask("small", Chat.mode(mode))));

        assertThat(error).isNotNull();
        assertThat(error.code()).hasValueSatisfying(code -> assertThat(code).startsWith("upstream_"));
    }

    private List<ChatCompletionChunk> stream(ChatCompletionCreateParams.Builder params) {
        try (StreamResponse<ChatCompletionChunk> response =
                client.chat().completions().createStreaming(params.build())) {
            return response.stream().toList();
        }
    }

    private <T extends OpenAIServiceException> T failure(Class<T> type, ChatCompletionCreateParams.Builder params) {
        return catchThrowableOfType(type, () -> client.chat().completions().create(params.build()));
    }

    private static ChatCompletionCreateParams.Builder ask(String model, String prompt) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(prompt);
    }

    private static ChatCompletionCreateParams.Builder tools(ChatCompletionCreateParams.Builder params) {
        var parameters = FunctionParameters.builder()
                .putAdditionalProperty("type", JsonValue.from("object"))
                .build();
        return params.addFunctionTool(FunctionDefinition.builder()
                .name("weather")
                .parameters(parameters)
                .build());
    }

    private static void assertIsBothToolCalls(ChatCompletion completion) {
        var calls = completion.choices().getFirst().message().toolCalls().orElseThrow();
        assertThat(calls).extracting(call -> call.asFunction().id()).containsExactly("call_1", "call_2");
        assertThat(calls)
                .extracting(call -> call.asFunction().function().arguments())
                .containsExactly("{\"city\":\"Paris\"}", "{\"city\":\"Rome\"}");
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
    }
}
