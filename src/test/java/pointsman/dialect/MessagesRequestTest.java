package pointsman.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// Requests of the dialects beside OpenAI's chat, read for routing and passed to an upstream of the same
/// dialect.
class MessagesRequestTest {
    private static final String OURS = "{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"\"}";
    private static final String THEIRS = "{\"signature\":\"c2ln\",\"thinking\":\"b\",\"type\":\"thinking\"}";
    private static final String TEXT = "{\"type\":\"text\",\"text\":\"c\",\"signature\":\"\"}";

    private final Dialects dialects = new Dialects(new ReadLimits(16, 4, 2));

    @Test
    void onlyTheModelIsReplacedAndAStreamIsNotAskedForUsage() {
        var body = """
                {"max_tokens":9, "x_unknown": {"a":[1, 2.50 ]}, "stream" : true,
                 "messages":[{"role":"user","content":"h\\u00e9"}],"model":"auto"}
                """;

        var sent = straight(body);

        assertThat(sent).isEqualTo(body.replace("\"auto\"", "\"claude\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    O , T | T
                    T , O | T
                    O,O ,T, O | T
                    T, O , S , T | T, S , T
                    S, O, O | S
                    S, T | S, T
                    """)
    void thoughtsThatNobodySignedAreTakenOutAgain(String before, String after) {
        var body = "{\"model\":\"auto\",\"messages\":[{\"role\":\"assistant\",\"content\":[%s]}]}";

        var sent = straight(body.formatted(blocks(before)));

        assertThat(sent).isEqualTo(body.replace("auto", "claude").formatted(blocks(after)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"O", "O,O"})
    void aTurnOfNothingElseGoesWithThem(String turn) {
        var body = """
                {"model":"auto","messages":[{"role":"user","content":"a"},%s {"role":"user","content":"b"}]}""";

        var sent = straight(body.formatted("{\"role\":\"assistant\",\"content\":[%s]},".formatted(blocks(turn))));

        assertThat(Json.object(sent))
                .isEqualTo(Json.object(body.replace("auto", "claude").formatted("")));
    }

    @Test
    void theTextToScoreIsWhatTheUserLastSaidAndNotWhatAToolGave() {
        var request = dialects.read(Dialect.ANTHROPIC_MESSAGES, bytes("""
                {"model":"m","system":"s","messages":[{"role":"user","content":[{"type":"text","text":"one"},
                 {"type":"text","text":"two"}]},{"role":"assistant","content":"three"},{"role":"user","content":[
                 {"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"four"}]}]}]}"""));

        assertThat(request.textToScore()).isEqualTo("one\ntwo");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m","input":"one"} | one
                    {"model":"m","input":[{"role":"user","content":"one"},{"type":"function_call","call_id":"c"}]} | one
                    {"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"one"}]}]} | one
                    """)
    void aResponseIsAskedByAStringOrByItems(String body, String text) {
        assertThat(dialects.read(Dialect.OPENAI_RESPONSES, bytes(body)).textToScore())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ANTHROPIC_MESSAGES | {"model":"m"} | messages
                    ANTHROPIC_MESSAGES | {"model":"m","messages":[{"content":"a"}]} | messages[0].role
                    OPENAI_RESPONSES   | {"model":"m","input":7} | input
                    OPENAI_RESPONSES   | {"model":"m","input":[]} | input
                    OPENAI_RESPONSES   | {"model":"m","input":[7]} | input[0]
                    OPENAI_RESPONSES   | {"input":"a"} | model
                    """)
    void whatIsNoRequestIsRefusedByTheNameOfItsField(Dialect dialect, String body, String field) {
        assertThatThrownBy(() -> dialects.read(dialect, bytes(body)))
                .isInstanceOfSatisfying(FailureException.class, error -> {
                    assertThat(error.failure()).isInstanceOf(Failure.BadRequest.class);
                    assertThat(error.failure().param()).contains(field);
                });
    }

    private String straight(String body) {
        var request = dialects.read(Dialect.ANTHROPIC_MESSAGES, bytes(body));
        return new String(
                request.to("large", UpstreamDialect.ANTHROPIC_MESSAGES, "claude", Map.of())
                        .body(),
                StandardCharsets.UTF_8);
    }

    private static String blocks(String letters) {
        return letters.replace("O", "<ours>")
                .replace("S", "<theirs>")
                .replace("T", TEXT)
                .replace("<ours>", OURS)
                .replace("<theirs>", THEIRS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
