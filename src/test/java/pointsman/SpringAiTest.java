package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.converter.BeanOutputConverter;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import pointsman.testing.Call;
import pointsman.testing.Chat;
import pointsman.testing.ClientTable;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;
import reactor.test.StepVerifier;

/// Spring AI's model of OpenAI, unchanged but for its base URL: `small` speaks OpenAI's dialect, `large` Anthropic's.
@Timeout(60)
class SpringAiTest {
    @RegisterExtension
    static final TestWatcher COUNTED = ClientTable.counting("Spring AI", "spring-ai.version");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Gateway GATEWAY = Gateway.mixed();
    private static final String URL = GATEWAY.uri("/v1").toString();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "small", "large"})
    void aChatIsAnswered(String model) {
        var answer = chatModel(model, 0).call(new Prompt("hello"));

        assertThat(text(answer)).isEqualTo(Completions.TEXT);
        assertThat(answer.getMetadata().getUsage().getCompletionTokens()).isEqualTo(Completions.ANSWER_TOKENS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void aStreamAddsUpToTheSameText(String model) {
        var pieces =
                chatModel(model, 0).stream(new Prompt("hello")).collectList().block(PATIENCE);

        assertThat(Objects.requireNonNull(pieces).stream()
                        .map(SpringAiTest::text)
                        .collect(Collectors.joining()))
                .isEqualTo(Completions.TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void toolCallsComeBack(String model) {
        var answer = chatModel(model, 0).call(new Prompt(Chat.mode("tool-calls")));

        assertThat(Objects.requireNonNull(answer.getResult()).getOutput().getToolCalls())
                .extracting(call -> call.arguments())
                .containsExactly("{\"city\":\"Paris\"}", "{\"city\":\"Rome\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void aToolIsCalledAndItsResultRead(String model) {
        var asked = new AtomicReference<City>();
        var weather = FunctionToolCallback.builder("weather", (City city) -> {
                    asked.set(city);
                    return "sunny";
                })
                .description("The weather.")
                .inputType(City.class)
                .build();
        var prompt = new Prompt(
                Chat.mode("call-once"), options(model, 0).toolCallbacks(weather).build());
        var chat = chatModel(model, 0);

        var done = ToolCallingManager.builder().build().executeToolCalls(prompt, chat.call(prompt));
        var answer = chat.call(new Prompt(done.conversationHistory(), prompt.getOptions()));

        assertThat(asked.get()).isEqualTo(new City("Paris"));
        assertThat(text(answer)).isEqualTo(Completions.TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void structuredOutputIsOfItsClass(String model) {
        var converter = new BeanOutputConverter<>(City.class);
        var prompt = new Prompt(
                "hello",
                options(model, 0).outputSchema(converter.getJsonSchema()).build());

        var answer = chatModel(model, 0).call(prompt);

        assertThat(converter.convert(text(answer))).isEqualTo(new City("Paris"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void theClientsOwnTimeoutIsKept(String model) {
        var hurried = OpenAiChatModel.builder()
                .options(options(model, 0).timeout(Duration.ofMillis(500)).build())
                .build();

        assertThat(catchThrowable(() -> hurried.call(new Prompt(Chat.mode("hang")))))
                .hasCauseInstanceOf(InterruptedIOException.class);
    }

    @Test
    void textsAreEmbedded() {
        var model = OpenAiEmbeddingModel.builder()
                .options(OpenAiEmbeddingOptions.builder()
                        .baseUrl(URL)
                        .apiKey("any")
                        .model("embeddings")
                        .build())
                .build();

        assertThat(model.embed("hello")).containsExactly(0.1f, -0.25f, 0.3f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"429", "status:400", "status:500", "garbage-json", "reset-before-headers"})
    void aFailureIsAnException(String mode) {
        for (var model : new String[] {"small", "large"}) {
            assertThat(catchThrowable(() -> chatModel(model, 0).call(new Prompt(Chat.mode(mode)))))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset-mid-stream", "error-mid-stream", "no-finish"})
    void aStreamThatBreaksOffIsAnError(String mode) {
        for (var model : new String[] {"small", "large"}) {
            StepVerifier.create(chatModel(model, 0).stream(new Prompt(Chat.mode(mode))))
                    .thenConsumeWhile(_ -> true)
                    .expectError()
                    .verify(PATIENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void aPassingFaultIsTriedAgainByTheClient(String model) {
        var answer = chatModel(model, 2).call(new Prompt(Chat.mode("fail-then-ok:1,500")));

        assertThat(text(answer)).isEqualTo(Completions.TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void aStreamThatIsLeftEndsAtTheUpstreamToo(String model) throws Exception {
        var some = chatModel(model, 0).stream(new Prompt(Chat.mode("endless")))
                .take(5)
                .collectList()
                .block(PATIENCE);

        assertThat(some).hasSize(5);
        assertThat(GATEWAY.upstream(model).awaitCall().awaitEnding(Duration.ofSeconds(5)))
                .isEqualTo(Call.Ending.CALLER_GONE);
    }

    private static OpenAiChatModel chatModel(String model, int retries) {
        return OpenAiChatModel.builder()
                .options(options(model, retries).build())
                .build();
    }

    private static OpenAiChatOptions.Builder options(String model, int retries) {
        var options = OpenAiChatOptions.builder();
        options.baseUrl(URL).apiKey("any").model(model).maxRetries(retries).timeout(PATIENCE);
        return options;
    }

    private static String text(ChatResponse answer) {
        var result = answer.getResult();
        var text = result == null ? null : result.getOutput().getText();
        return text == null ? "" : text;
    }

    /// What the tool is asked for, and what structured output is of.
    private record City(String city) {}
}
