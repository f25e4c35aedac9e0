package pointsman.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.databind.JsonNode;

/// Single rules of translation that no golden file shows by itself.
class TranslationTest {
    private static final String ASK = "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
    private static final String INPUT = "\"model\":\"m\",\"input\":\"Hi\"";
    private static final String TOOL =
            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]";

    private final Dialects dialects = new Dialects(new ReadLimits(16, 20, 4));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "n":2                                              | n
                    "logprobs":true                                    | logprobs
                    "top_logprobs":3                                   | top_logprobs
                    "logit_bias":{"1":-100}                            | logit_bias
                    "modalities":["text","audio"]                      | modalities
                    "audio":{"voice":"x"}                              | audio
                    "functions":[{"name":"f"}]                         | functions
                    "function_call":{"name":"f"}                       | function_call
                    "response_format":{"type":"grammar"}               | response_format.type
                    "tool_choice":{"type":"web_search"}                | tool_choice.type
                    "tools":[{"type":"web_search"}],"tool_choice":"required" | tool_choice
                    """)
    void whatAnthropicCannotBeAskedIsRefusedByItsName(String field, String name) {
        assertUnsayable(() -> chatToAnthropic("{%s,%s}".formatted(ASK, field)), name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\":1",
                "\"logprobs\":false",
                "\"logit_bias\":{}",
                "\"presence_penalty\":0",
                "\"frequency_penalty\":0.0",
                "\"store\":false",
                "\"metadata\":{}",
                "\"verbosity\":\"medium\"",
                "\"modalities\":[\"text\"]",
                "\"seed\":null",
                "\"prompt_cache_key\":\"k\"",
                "\"stream_options\":null",
                "\"tool_choice\":\"auto\""
            })
    void whatAsksForNothingIsLeftOut(String field) {
        assertThat(chatToAnthropic("{%s,%s}".formatted(ASK, field))).isEqualTo(chatToAnthropic("{%s}".formatted(ASK)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "previous_response_id":"resp_1"                                   | previous_response_id
                    "conversation":"conv_1"                                           | conversation
                    "prompt":{"id":"pmpt_1"}                                          | prompt
                    "background":true                                                 | background
                    "top_logprobs":2                                                  | top_logprobs
                    "include":["message.output_text.logprobs"]                        | include
                    "tools":[{"type":"web_search"}],"tool_choice":"required"          | tool_choice
                    "tools":[{"type":"web_search"}],"tool_choice":{"type":"web_search"} | tool_choice.type
                    "tools":[{"type":"web_search"}],"tool_choice":{"type":"allowed_tools","mode":"required","tools":[{"type":"web_search"}]} | tool_choice.tools
                    "tools":[{"type":"mcp","name":"m"}],"tool_choice":{"type":"function","name":"m"} | tool_choice
                    "input":[{"role":"user","content":[{"type":"input_audio"}]}]      | input[0].content[0].type
                    "input":[{"type":"item_reference","id":"msg_1"}]                  | input[0].type
                    "input":[{"role":"user","content":[{"type":"input_image","file_id":"f"}]}] | input[0].content[0].file_id
                    """)
    void whatNeedsAKeptResponseOrOpenAiItselfIsRefusedByItsName(String field, String name) {
        var body = field.startsWith("\"input\"") ? "{\"model\":\"m\",%s}" : "{" + INPUT + ",%s}";

        assertUnsayable(() -> open(Dialect.OPENAI_RESPONSES, UpstreamDialect.OPENAI_CHAT, body.formatted(field)), name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "max_tokens":9,"container":"c"                                 | container
                    "max_tokens":9,"mcp_servers":[{"type":"url"}]                  | mcp_servers
                    "max_tokens":9,"stop_sequences":["a","b","c","d","e"]          | stop_sequences
                    "max_tokens":9,"tools":[{"type":"bash_20250124","name":"b"}],"tool_choice":{"type":"tool","name":"b"} | tool_choice
                    "max_tokens":9,"tools":[{"type":"bash_20250124","name":"b"}],"tool_choice":{"type":"any"} | tool_choice
                    """)
    void whatOpenAiCannotBeAskedIsRefusedByItsName(String field, String name) {
        assertUnsayable(
                () -> open(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT, "{%s,%s}".formatted(ASK, field)),
                name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m","messages":[{"role":"user","content":"Hi"}]}                    | max_tokens
                    {"max_tokens":9,"model":"m","messages":[{"role":"user","content":[{"type":"text"}]}]} | messages[0].content[0].text
                    {"max_tokens":9,"model":"m","messages":[{"role":"user","content":[{"type":"tool_use","id":"a","name":"f"}]}]} | messages[0]
                    {"max_tokens":9,"model":"m","messages":[{"role":"user","content":"Hi"}],"tool_choice":{"type":"any"}} | tool_choice
                    {"max_tokens":9,"model":"m","messages":[{"role":"user","content":"Hi"}],"tool_choice":{"type":"tool","name":"f"}} | tool_choice
                    """)
    void whatIsWrongInAnyDialectIsABadRequest(String body, String name) {
        assertThatThrownBy(() -> open(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.LLAMA_CPP, body))
                .satisfies(failure(Failure.BadRequest.class, name));
    }

    @Test
    void aClientMayBeginTheAnswerOfALocalModelButNotOfOpenAi() {
        var body = "{\"max_tokens\":9,\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"Well\"}]}";

        var local = open(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.LLAMA_CPP, body);

        assertThat(local.at("/messages/1/content").asString()).isEqualTo("Well");
        assertUnsayable(() -> open(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT, body), "messages[1]");
    }

    @Test
    void idsThatAnthropicDoesNotAllowAreRewrittenTheSameOnBothSidesOfACall() {
        var sent = chatToAnthropic("""
                {"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[
                 {"id":"functions.f:0","type":"function","function":{"name":"f","arguments":"{}"}}]},
                 {"role":"tool","tool_call_id":"functions.f:0","content":"x"}]}""");

        assertThat(sent.at("/messages/1/content/0/id").asString()).isEqualTo("functions_f_0");
        assertThat(sent.at("/messages/2/content/0/tool_use_id").asString()).isEqualTo("functions_f_0");
    }

    @Test
    void argumentsThatAreNoObjectAreGivenBackToAnthropicAsTheWordsThatTheyAre() {
        var sent = chatToAnthropic("""
                {"model":"m","messages":[{"role":"user","content":"Hi"},{"role":"assistant","tool_calls":[
                 {"id":"a","type":"function","function":{"name":"f","arguments":"{\\"x\\":"}}]}]}""");

        assertThat(sent.at("/messages/1/content/0/input/malformed_arguments").asString())
                .isEqualTo("{\"x\":");
    }

    @Test
    void theUpstreamsOwnLimitOfTokensGoesBeforeOurs() {
        var request = dialects.read(Dialect.OPENAI_CHAT, bytes("{%s}".formatted(ASK)));

        var passage = request.to("large", UpstreamDialect.ANTHROPIC_MESSAGES, "u", Map.of("max_tokens", 77));

        assertThat(json(passage).path("max_tokens").asInt()).isEqualTo(77);
    }

    @Test
    void whoMustCallAToolIsNotToldToThinkAloud() {
        var sent = chatToAnthropic(
                "{%s,%s,\"reasoning_effort\":\"low\",\"tool_choice\":\"required\"}".formatted(ASK, TOOL));

        assertThat(sent.has("thinking")).isFalse();
        assertThat(sent.at("/output_config/effort").asString()).isEqualTo("low");
    }

    @Test
    void aBudgetOfThoughtsIsALevelElsewhere() {
        var body = "{%s,\"max_tokens\":50000,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":%d}}";

        assertThat(effort(body.formatted(ASK, 1024))).isEqualTo("low");
        assertThat(effort(body.formatted(ASK, 10_000))).isEqualTo("medium");
        assertThat(effort(body.formatted(ASK, 32_000))).isEqualTo("high");
    }

    @Test
    void aCallThatTheLimitHasCutIsNotMade() {
        var passage = passage(
                Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT, "{%s,\"max_tokens\":9}".formatted(ASK));

        var answer = passage.answer(bytes("""
                {"id":"a","choices":[{"finish_reason":"length","message":{"content":"Let me","tool_calls":[
                 {"id":"c","function":{"name":"f","arguments":"{\\"x\\":"}}]}}]}"""));

        var message = Json.object(answer.bytes()).orElseThrow();
        assertThat(message.path("content")).hasSize(1);
        assertThat(message.path("stop_reason").asString()).isEqualTo("max_tokens");
    }

    @Test
    void aStopWhereToolsWereCalledMeansTheTools() {
        var passage = passage(
                Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT, "{%s,\"max_tokens\":9}".formatted(ASK));

        var answer = passage.answer(bytes("""
                {"id":"a","choices":[{"finish_reason":"stop","message":{"tool_calls":[
                 {"id":"c","function":{"name":"f","arguments":"{}"}}]}}]}"""));

        assertThat(Json.object(answer.bytes()).orElseThrow().path("stop_reason").asString())
                .isEqualTo("tool_use");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"error\":{\"message\":\"overloaded\"}}\n\n",
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n"
            })
    void anErrorInAStreamBreaksItInEveryDialect(String event) {
        for (var client : Dialect.values()) {
            for (var upstream : UpstreamDialect.values()) {
                var isOfIt = event.startsWith("event") == (upstream == UpstreamDialect.ANTHROPIC_MESSAGES);
                if (isOfIt) {
                    var stream = new Cell("text", client, upstream).open(true).stream(1 << 16);

                    stream.read(bytes(event));

                    assertThat(stream.failure()).containsInstanceOf(Failure.StreamBroken.class);
                }
            }
        }
    }

    @Test
    void anAnswerBeyondTheLimitBreaksATranslatedStream() {
        var cell = new Cell("tools", Dialect.OPENAI_RESPONSES, UpstreamDialect.OPENAI_CHAT);
        var stream = cell.open(true).stream(700);

        stream.read(cell.stream());

        assertThat(stream.failure()).containsInstanceOf(Failure.UpstreamInvalidAnswer.class);
    }

    @Test
    void commentsKeepATranslatedStreamAlive() {
        var stream = new Cell("text", Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.LLAMA_CPP).open(true).stream(1 << 16);

        assertThat(stream.read(bytes(": keep-alive\n\n"))).isEqualTo(bytes(": keep-alive\n\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"error":{"message":"m","type":"t","param":"p","code":"c"}} | m | t | p | c
                    {"type":"error","error":{"type":"t","message":"m"}}         | m | t | - | -
                    {"error":{"code":400,"message":"m","type":"t"}}             | m | t | - | 400
                    {"error":"m"}                                               | m | - | - | -
                    """)
    void everyDialectsErrorsAreRead(String body, String message, String type, String param, String code) {
        var error = ErrorText.read(bytes(body)).orElseThrow();

        assertThat(error.message()).isEqualTo(message);
        assertThat(error.type().orElse("-")).isEqualTo(type);
        assertThat(error.param().orElse("-")).isEqualTo(param);
        assertThat(error.code().orElse("-")).isEqualTo(code);
    }

    private String effort(String body) {
        return open(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT, body)
                .path("reasoning_effort")
                .asString();
    }

    private JsonNode chatToAnthropic(String body) {
        return open(Dialect.OPENAI_CHAT, UpstreamDialect.ANTHROPIC_MESSAGES, body);
    }

    private JsonNode open(Dialect client, UpstreamDialect upstream, String body) {
        return json(passage(client, upstream, body));
    }

    private Passage passage(Dialect client, UpstreamDialect upstream, String body) {
        return dialects.read(client, bytes(body)).to("large", upstream, "u", Map.of());
    }

    private static JsonNode json(Passage passage) {
        return Json.object(passage.body()).orElseThrow();
    }

    private static void assertUnsayable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String field) {
        assertThatThrownBy(call).satisfies(failure(Failure.UnsupportedByUpstream.class, field));
    }

    private static Consumer<Throwable> failure(Class<? extends Failure> type, String field) {
        return error -> {
            assertThat(error).isInstanceOf(FailureException.class);
            var failure = ((FailureException) error).failure();
            assertThat(failure).isInstanceOf(type);
            assertThat(failure.param().orElse("")).isEqualTo(field);
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
