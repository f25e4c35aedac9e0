package pointsman.tablejob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.access.TierPolicy;
import pointsman.job.ItemAnswer;
import pointsman.job.Question;
import pointsman.route.Decision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a table takes for an answer.
class RowRepliesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Output TEXT = new Output.Text();
    private static final Output CHOICE = new Output.Choice(List.of("yes", "no"));
    private static final Output SCHEMA =
            Output.of(JSON.readTree("{\"json_schema\": {\"properties\": {\"n\": {\"type\": \"number\"}}}}"));
    private static final Decision DECISION = new Decision.Pinned("small", TierPolicy.By.MODEL);

    @ParameterizedTest
    @CsvSource({
        "length, cut",
        "max_tokens, cut",
        "MAX_TOKENS, cut",
        "model_context_window_exceeded, cut",
        "content_filter, declined",
        "SAFETY, declined",
        "refusal, declined",
        "tool_calls, tool",
        "abort, did not end"
    })
    void anAnswerWithoutARegularEndIsAnErrorThatSaysSoAndKeepsItsText(String ending, String word) {
        for (var output : List.of(TEXT, CHOICE, SCHEMA)) {
            var error = error(read(output, one(), completion("{\"content\": \"yes\"}", ending)));

            assertThat(error.path("code").asString()).isEqualTo("invalid_output");
            assertThat(error.path("message").asString()).contains(word).contains(ending);
            assertThat(error.path("text").asString()).isEqualTo("yes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "end_turn", "stop_sequence", "eos_token", "STOP", ""})
    void anAnswerThatEndedRegularlyIsOne(String ending) {
        var answers = read(TEXT, one(), completion("{\"content\": \"yes\"}", ending));

        assertThat(answers).containsExactly(new ItemAnswer(0, ItemAnswer.OK, "\"yes\""));
    }

    @Test
    void aRefusalIsToldInTheModelsWords() {
        for (var output : List.of(TEXT, CHOICE, SCHEMA)) {
            var error =
                    error(read(output, one(), completion("{\"content\": null, \"refusal\": \"I cannot.\"}", "stop")));

            assertThat(error.path("message").asString()).contains("refused").contains("I cannot.");
        }
    }

    @Test
    void aRefusalThatIsAPartOfTheContentIsToldToo() {
        var content = "{\"content\": [{\"type\": \"refusal\", \"refusal\": \"I cannot.\"}]}";

        var error = error(read(TEXT, one(), completion(content, "stop")));

        assertThat(error.path("message").asString()).contains("I cannot.");
    }

    @Test
    void aLongRefusalIsShortened() {
        var message =
                JSON.createObjectNode().put("refusal", "no ".repeat(10_000)).toString();

        var error = error(read(TEXT, one(), completion(message, "stop")));

        assertThat(error.path("message").asString()).hasSizeLessThan(1_200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\": null}",
                "{\"content\": \"\"}",
                "{\"content\": \" \\n\"}",
                "{\"content\": []}",
                "{}",
                "7"
            })
    void anEmptyAnswerIsAnError(String message) {
        for (var output : List.of(TEXT, CHOICE, SCHEMA)) {
            var error = error(read(output, one(), completion(message, "stop")));

            assertThat(error.path("message").asString()).contains("empty");
        }
    }

    @Test
    void aToolThatIsCalledIsNoAnswerWhateverTheUpstreamCallsTheEnd() {
        var message =
                "{\"content\": \"I look it up.\", \"tool_calls\": [{\"id\": \"1\", \"function\": {\"name\": \"f\"}}]}";

        var error = error(read(TEXT, one(), completion(message, "stop")));

        assertThat(error.path("message").asString()).contains("tool");
    }

    @Test
    void contentInPartsIsRead() {
        var message =
                "{\"content\": [{\"type\": \"text\", \"text\": \"one \"}, {\"type\": \"text\", \"text\": \"two\"}]}";

        assertThat(read(TEXT, one(), completion(message, "stop")).getFirst().body())
                .isEqualTo("\"one two\"");
    }

    @Test
    void everyValueOfAPackIsLookedAt() {
        var text = JSON.writeValueAsString("{\"answers\": [\"a\", \"\", null]}");
        var pack = new Question(List.of(List.of(4), List.of(2, 3), List.of(7)), "{}", DECISION);

        var answers = read(TEXT, pack, completion("{\"content\": %s}".formatted(text), "stop"));

        assertThat(answers).extracting(ItemAnswer::item).containsExactly(4, 2, 3, 7);
        assertThat(answers).extracting(ItemAnswer::isGood).containsExactly(true, false, false, false);
    }

    @Test
    void aPackThatWasCutFailsAllItsRowsAndIsNoneOfTheirs() {
        var pack = new Question(List.of(List.of(0), List.of(1)), "{}", DECISION);

        var answers = read(TEXT, pack, completion("{\"content\": \"{\\\"answers\\\": [\\\"a\\\"\"}", "length"));

        assertThat(answers).hasSize(2).noneMatch(ItemAnswer::isGood);
        assertThat(JSON.readTree(answers.getFirst().body()).has("text")).isFalse();
    }

    @Test
    void numbersThatAModelWritesKeepTheirDigits() {
        var text = JSON.writeValueAsString("{\"n\": 12345678901234567890.10}");

        assertThat(read(SCHEMA, one(), completion("{\"content\": %s}".formatted(text), "stop")))
                .extracting(ItemAnswer::body)
                .containsExactly("{\"n\":12345678901234567890.10}");
    }

    @Test
    void aBodyThatIsTooDeepToReadIsTheRowsError() {
        var body = "{\"choices\": [{\"message\": {\"content\": \"a\"}}], \"x\": " + "[".repeat(900) + "]".repeat(900)
                + "}";

        var answers = read(TEXT, one(), body);

        assertThat(error(answers).path("code").asString()).isEqualTo("upstream_invalid_answer");
    }

    private static Question one() {
        return new Question(List.of(List.of(0)), "{}", DECISION);
    }

    private static List<ItemAnswer> read(Output output, Question question, String body) {
        return new RowReplies(output).read(question, body.getBytes(UTF_8));
    }

    private static JsonNode error(List<ItemAnswer> answers) {
        assertThat(answers).hasSize(1).noneMatch(ItemAnswer::isGood);
        return JSON.readTree(answers.getFirst().body());
    }

    private static String completion(String message, String ending) {
        return "{\"choices\": [{\"index\": 0, \"message\": %s, \"finish_reason\": %s}]}"
                .formatted(message, ending.isEmpty() ? "null" : "\"" + ending + "\"");
    }
}
