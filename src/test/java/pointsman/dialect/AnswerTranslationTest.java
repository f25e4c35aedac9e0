package pointsman.dialect;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a model makes of an answer is not its upstream's fault, and reaches the client, in a stream as in
/// one piece.
class AnswerTranslationTest {
    private static final String CALL = """
            {"id":"a","choices":[{"finish_reason":"%s","message":{"tool_calls":[
             {"id":"c","function":{"name":"f","arguments":"%s"}}]}}]}""";

    private final Dialects dialects = new Dialects(new ReadLimits(16, 20, 8));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {\\"a\\": }  | {"malformed_arguments":"{\\"a\\": }"}
                    {\\"a\\":    | {"malformed_arguments":"{\\"a\\":"}
                    words        | {"malformed_arguments":"words"}
                    [1]          | {"malformed_arguments":"[1]"}
                    {\\"a\\":1}  | {"a":1}
                    ``           | {}
                    """)
    void whateverTheArgumentsAreAnthropicsClientGetsAnObject(String arguments, String input) {
        var answer = CALL.formatted("tool_calls", arguments);

        assertThat(whole(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT, answer)
                        .at("/content/0/input"))
                .hasToString(input);
        assertThat(folded(Dialect.ANTHROPIC_MESSAGES, streamed(answer)).at("/content/0/input"))
                .hasToString(input);
    }

    @Test
    void malformedArgumentsReachOpenAisClientsAsTheyAre() {
        var answer = CALL.formatted("tool_calls", "{\\\"a\\\": }");

        assertThat(whole(Dialect.OPENAI_RESPONSES, UpstreamDialect.OPENAI_CHAT, answer)
                        .at("/output/0/arguments")
                        .asString())
                .isEqualTo("{\"a\": }");
        assertThat(folded(Dialect.OPENAI_RESPONSES, streamed(answer))
                        .at("/output/0/arguments")
                        .asString())
                .isEqualTo("{\"a\": }");
    }

    @Test
    void aCallThatTheLimitHasCutIsMadeInNoStreamEither() {
        var message = folded(Dialect.ANTHROPIC_MESSAGES, streamed(CALL.formatted("length", "{\\\"a\\\":")));

        assertThat(message.path("content")).isEmpty();
        assertThat(message.path("stop_reason").asString()).isEqualTo("max_tokens");
    }

    @Test
    void aClientHearsOfACallWhileItIsWritten() {
        var stream = open(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT).stream(1 << 16);

        stream.read(bytes("data: {\"id\":\"a\",\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c\","
                + "\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}}]}\n\n"));
        var written = stream.read(bytes("data: {\"id\":\"a\",\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,"
                + "\"function\":{\"arguments\":\"{\\\"a\\\":\"}}]}}]}\n\n"));

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo("event: ping\ndata: {\"type\":\"ping\"}\n\n");
    }

    @Test
    void aCallWithoutANameIsLeftOutAndTheOthersAreMade() {
        var answer = whole(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT, """
                {"id":"a","choices":[{"finish_reason":"tool_calls","message":{"content":"Hm","tool_calls":[
                 {"id":"b","function":{"arguments":"{}"}},{"id":"c","function":{"name":"f","arguments":"{}"}}]}}]}""");

        assertThat(answer.path("content")).hasSize(2);
        assertThat(answer.at("/content/1/name").asString()).isEqualTo("f");
        assertThat(answer.path("stop_reason").asString()).isEqualTo("tool_use");
    }

    @Test
    void whereNoCallIsLeftNoneIsToBeMade() {
        var answer = whole(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.LLAMA_CPP, """
                {"id":"a","choices":[{"finish_reason":"tool_calls","message":{"content":"Hm","tool_calls":[
                 {"id":"b","function":{"arguments":"{}"}}]}}]}""");

        assertThat(answer.path("stop_reason").asString()).isEqualTo("end_turn");
    }

    @ParameterizedTest
    @CsvSource({"eos,end_turn", "max_tokens,max_tokens", "refusal,refusal", "never_seen,end_turn"})
    void aReasonThatNobodyKnowsEndsAnAnswerAllTheSame(String finish, String stop) {
        var answer = whole(
                Dialect.ANTHROPIC_MESSAGES,
                UpstreamDialect.OPENAI_CHAT,
                "{\"id\":\"a\",\"choices\":[{\"finish_reason\":\"%s\",\"message\":{\"content\":\"Hm\"}}]}"
                        .formatted(finish));

        assertThat(answer.path("stop_reason").asString()).isEqualTo(stop);
        assertThat(answer.at("/content/0/text").asString()).isEqualTo("Hm");
    }

    @ParameterizedTest
    @CsvSource({"pause_turn,stop", "compaction,stop", "never_seen,stop", "model_context_window_exceeded,length"})
    void aStopReasonThatNobodyKnowsEndsAnAnswerAllTheSame(String stop, String finish) {
        var answer = whole(
                Dialect.OPENAI_CHAT,
                UpstreamDialect.ANTHROPIC_MESSAGES,
                "{\"id\":\"a\",\"content\":[{\"type\":\"text\",\"text\":\"Hm\"}],\"stop_reason\":\"%s\"}"
                        .formatted(stop));

        assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo(finish);
    }

    @Test
    void whatAFilterHasTakenIsAnAnswer() {
        var answer = whole(
                Dialect.ANTHROPIC_MESSAGES,
                UpstreamDialect.OPENAI_CHAT,
                "{\"id\":\"a\",\"choices\":[{\"index\":0,\"finish_reason\":\"content_filter\"}]}");

        assertThat(answer.path("stop_reason").asString()).isEqualTo("refusal");
    }

    private JsonNode whole(Dialect client, UpstreamDialect upstream, String answer) {
        return Json.object(open(client, upstream).answer(bytes(answer)).bytes()).orElseThrow();
    }

    private ObjectNode folded(Dialect client, byte[] stream) {
        return Fold.fold(client, Cell.read(open(client, UpstreamDialect.OPENAI_CHAT).stream(1 << 16), stream, 50));
    }

    /// The same answer as a stream, its arguments character by character.
    private static byte[] streamed(String answer) {
        var whole = Json.object(answer).orElseThrow();
        var call = whole.at("/choices/0/message/tool_calls/0");
        var arguments = call.at("/function/arguments").asString();
        var finish = whole.at("/choices/0/finish_reason").asString();
        var pieces = arguments
                .chars()
                .mapToObj(unit -> delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":%s}}]}"
                        .formatted(Json.MAPPER.writeValueAsString(String.valueOf((char) unit)))))
                .collect(joining());
        return bytes(delta(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}")
                + pieces
                + "data: {\"id\":\"a\",\"choices\":[{\"delta\":{},\"finish_reason\":\"%s\"}]}\n\n".formatted(finish)
                + "data: [DONE]\n\n");
    }

    private static String delta(String delta) {
        return "data: {\"id\":\"a\",\"choices\":[{\"delta\":%s}]}\n\n".formatted(delta);
    }

    private Passage open(Dialect client, UpstreamDialect upstream) {
        var conversation = client == Dialect.OPENAI_RESPONSES ? "\"input\"" : "\"max_tokens\":99,\"messages\"";
        var body = "{\"model\":\"m\",%s:[{\"role\":\"user\",\"content\":\"Hi\"}]}".formatted(conversation);
        return dialects.read(client, bytes(body)).to("large", upstream, "u", Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
