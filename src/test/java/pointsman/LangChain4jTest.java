package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.testing.Call;
import pointsman.testing.Chat;
import pointsman.testing.ClientTable;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;

/// LangChain4j's models of OpenAI and Anthropic, unchanged but for their base URL, each on an upstream of either
/// dialect.
@Timeout(60)
class LangChain4jTest {
    @RegisterExtension
    static final TestWatcher COUNTED = ClientTable.counting("LangChain4j", "langchain4j.version");

    private static final Gateway GATEWAY = Gateway.mixed();
    private static final String URL = GATEWAY.uri("/v1").toString();
    private static final JsonObjectSchema CITY = JsonObjectSchema.builder()
            .addStringProperty("city")
            .required("city")
            .build();
    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .description("The weather.")
            .parameters(CITY)
            .build();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @CsvSource({"openai,small", "openai,large", "anthropic,small", "anthropic,large"})
    void aChatIsAnswered(String provider, String model) {
        var answer = model(provider, model, 0).chat(UserMessage.from("hello"));

        assertThat(answer.aiMessage().text()).isEqualTo(Completions.TEXT);
        assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(Completions.ANSWER_TOKENS);
    }

    @ParameterizedTest
    @CsvSource({"openai,small", "openai,large", "anthropic,small", "anthropic,large"})
    void aStreamAddsUpToTheSameText(String provider, String model) throws Exception {
        var collected = new Collected(Long.MAX_VALUE);

        streaming(provider, model).chat("hello", collected);

        assertThat(collected.answer().aiMessage().text()).isEqualTo(Completions.TEXT);
        assertThat(collected.text.toString()).isEqualTo(Completions.TEXT);
    }

    @ParameterizedTest
    @CsvSource({"openai,small", "openai,large", "anthropic,small", "anthropic,large"})
    void aToolIsCalledAndItsResultRead(String provider, String model) {
        var question = UserMessage.from(Chat.mode("call-once"));
        var first = model(provider, model, 0)
                .chat(ChatRequest.builder()
                        .messages(question)
                        .toolSpecifications(WEATHER)
                        .build())
                .aiMessage();

        var call = first.toolExecutionRequests().getFirst();
        var second = model(provider, model, 0)
                .chat(ChatRequest.builder()
                        .messages(question, first, ToolExecutionResultMessage.from(call, "sunny"))
                        .toolSpecifications(WEATHER)
                        .build());

        assertThat(call.arguments()).isEqualToIgnoringWhitespace("{\"city\":\"Paris\"}");
        assertThat(second.aiMessage().text()).isEqualTo(Completions.TEXT);
    }

    @ParameterizedTest
    @CsvSource({"openai,small", "openai,large", "anthropic,small", "anthropic,large"})
    void structuredOutputIsOfItsSchema(String provider, String model) {
        var format = ResponseFormat.builder()
                .type(ResponseFormatType.JSON)
                .jsonSchema(JsonSchema.builder().name("city").rootElement(CITY).build())
                .build();

        var answer = model(provider, model, 0)
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("hello"))
                        .responseFormat(format)
                        .build());

        assertThat(answer.aiMessage().text()).isEqualToIgnoringWhitespace("{\"city\":\"Paris\"}");
    }

    @ParameterizedTest
    @CsvSource({"openai,small", "openai,large", "anthropic,small", "anthropic,large"})
    void errorsAreTheExceptionsThatTheyMean(String provider, String model) {
        assertThat(failure(RateLimitException.class, provider, model, "429")).isNotNull();
        assertThat(failure(InvalidRequestException.class, provider, model, "status:400"))
                .hasMessageContaining("Fake failure 400");
        assertThat(catchThrowableOfType(
                        ModelNotFoundException.class,
                        () -> model(provider, "my-typo", 0).chat("hello")))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"openai,small", "openai,large", "anthropic,small", "anthropic,large"})
    void aStreamThatBreaksOffIsAnError(String provider, String model) {
        var collected = new Collected(Long.MAX_VALUE);

        streaming(provider, model).chat(Chat.mode("reset-mid-stream"), collected);

        assertThat(catchThrowableOfType(ExecutionException.class, collected::answer))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"openai,small", "anthropic,large"})
    void aPassingFaultIsTriedAgainByTheClient(String provider, String model) {
        assertThat(model(provider, model, 2).chat(Chat.mode("fail-then-ok:1,500")))
                .isEqualTo(Completions.TEXT);
    }

    @ParameterizedTest
    @CsvSource({"openai,small", "anthropic,large"})
    void theClientsOwnTimeoutIsKept(String provider, String model) {
        var hurried = model(provider, model, 0, Duration.ofMillis(700));

        assertThat(catchThrowableOfType(TimeoutException.class, () -> hurried.chat(Chat.mode("hang"))))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"openai,small", "anthropic,large"})
    void aStreamThatIsLeftEndsAtTheUpstreamToo(String provider, String model) throws Exception {
        streaming(provider, model).chat(Chat.mode("endless"), new Collected(5));

        assertThat(GATEWAY.upstream(model).awaitCall().awaitEnding(Duration.ofSeconds(5)))
                .isEqualTo(Call.Ending.CALLER_GONE);
    }

    @Test
    void textsAreEmbedded() {
        var model = OpenAiEmbeddingModel.builder()
                .baseUrl(URL)
                .apiKey("any")
                .modelName("embeddings")
                .build();

        assertThat(model.embed("hello").content().vector()).containsExactly(0.1f, -0.25f, 0.3f);
    }

    private static ChatModel model(String provider, String model, int retries) {
        return model(provider, model, retries, Duration.ofSeconds(30));
    }

    private static ChatModel model(String provider, String model, int retries, Duration patience) {
        return provider.equals("openai")
                ? OpenAiChatModel.builder()
                        .baseUrl(URL)
                        .apiKey("any")
                        .modelName(model)
                        .maxRetries(retries)
                        .timeout(patience)
                        .strictJsonSchema(true)
                        .build()
                : AnthropicChatModel.builder()
                        .baseUrl(URL)
                        .apiKey("any")
                        .modelName(model)
                        .maxTokens(100)
                        .maxRetries(retries)
                        .timeout(patience)
                        .build();
    }

    private static StreamingChatModel streaming(String provider, String model) {
        return provider.equals("openai")
                ? OpenAiStreamingChatModel.builder()
                        .baseUrl(URL)
                        .apiKey("any")
                        .modelName(model)
                        .build()
                : AnthropicStreamingChatModel.builder()
                        .baseUrl(URL)
                        .apiKey("any")
                        .modelName(model)
                        .maxTokens(100)
                        .build();
    }

    private static <T extends LangChain4jException> T failure(
            Class<T> type, String provider, String model, String mode) {
        return catchThrowableOfType(type, () -> model(provider, model, 0).chat(Chat.mode(mode)));
    }

    /// Collects a streamed answer, and leaves after so many pieces.
    private static final class Collected implements StreamingChatResponseHandler {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        private final long most;
        private long pieces;

        Collected(long most) {
            this.most = most;
        }

        ChatResponse answer() throws Exception {
            return whole.get(20, TimeUnit.SECONDS);
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            text.append(piece.text());
            if (++pieces >= most) {
                context.streamingHandle().cancel();
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse answer) {
            whole.complete(answer);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }
}
