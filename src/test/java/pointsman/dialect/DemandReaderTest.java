package pointsman.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which capabilities a request asks for, in the words of any dialect.
class DemandReaderTest {
    private static final Dialects DIALECTS = new Dialects(new ReadLimits(64, 100, 100, 100_000));
    private static final String TALK = "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]";
    private static final String INPUT = "\"input\": \"Hi\"";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "N | \"n\": 2",
                "LOGPROBS | \"logprobs\": true, \"top_logprobs\": 3",
                "TOOLS | \"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}]",
                "TOOLS | \"functions\": [{\"name\": \"f\"}]",
                "JSON_SCHEMA | \"response_format\": {\"type\": \"json_schema\", \"json_schema\": {}}"
            })
    void aChatAsksInItsWords(Capability demand, String field) {
        assertThat(demands(Dialect.OPENAI_CHAT, TALK, field)).containsExactly(demand);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "JSON_SCHEMA | \"text\": {\"format\": {\"type\": \"json_schema\", \"schema\": {}}}",
                "TOOLS | \"tools\": [{\"type\": \"function\", \"name\": \"f\"}]"
            })
    void aResponseAsksInItsWords(Capability demand, String field) {
        assertThat(demands(Dialect.OPENAI_RESPONSES, INPUT, field)).containsExactly(demand);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "JSON_SCHEMA | \"output_config\": {\"format\": {\"type\": \"json_schema\", \"schema\": {}}}",
                "JSON_SCHEMA | \"output_format\": {\"type\": \"json_schema\", \"schema\": {}}",
                "TOOLS | \"tools\": [{\"name\": \"f\", \"input_schema\": {}}]"
            })
    void aMessageAsksInItsWords(Capability demand, String field) {
        assertThat(demands(Dialect.ANTHROPIC_MESSAGES, "\"max_tokens\": 9, " + TALK, field))
                .containsExactly(demand);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"n\": 1",
                "\"n\": null",
                "\"n\": \"many\"",
                "\"n\": {\"n\": 3}",
                "\"logprobs\": false",
                "\"logprobs\": null",
                "\"tools\": []",
                "\"tools\": null",
                "\"functions\": []",
                "\"functions\": {\"name\": \"f\"}",
                "\"response_format\": null",
                "\"response_format\": {\"type\": \"json_object\"}",
                "\"response_format\": {\"type\": {\"type\": \"json_schema\"}}",
                "\"response_format\": [\"json_schema\"]",
                "\"text\": {\"verbosity\": \"low\"}",
                "\"metadata\": {\"n\": 3, \"logprobs\": true}",
                "\"reasoning_effort\": \"high\""
            })
    void whatAsksForNothingElseDemandsNothing(String field) {
        assertThat(demands(Dialect.OPENAI_CHAT, TALK, field)).isEmpty();
    }

    @Test
    void whatStandsBehindADemandIsReadToo() {
        var fields = "\"response_format\": {\"json_schema\": {\"type\": \"x\", \"n\": [1]}, \"type\": \"json_schema\"},"
                + " \"functions\": [{\"a\": [1]}, {}], \"n\": 2";

        assertThat(demands(Dialect.OPENAI_CHAT, TALK, fields))
                .containsExactlyInAnyOrder(Capability.JSON_SCHEMA, Capability.TOOLS, Capability.N);
    }

    @Test
    void whatOnlyCountsTokensDemandsNothing() {
        var body = "{\"model\": \"auto\", %s, \"tools\": [{\"name\": \"f\", \"input_schema\": {}}]}".formatted(TALK);

        assertThat(DIALECTS.read(Dialect.ANTHROPIC_MESSAGES, Operation.TOKEN_COUNT, body.getBytes(UTF_8))
                        .demands())
                .isEmpty();
    }

    private static Set<Capability> demands(Dialect dialect, String conversation, String fields) {
        var body = "{\"model\": \"auto\", %s, %s}".formatted(conversation, fields);
        return DIALECTS.read(dialect, Operation.CHAT, body.getBytes(UTF_8)).demands();
    }
}
