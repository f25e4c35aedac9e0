package pointsman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;

/// What Anthropic would refuse, though its client had no way to know.
class ValidAtAnthropicTest {
    private final Dialects dialects = new Dialects(new ReadLimits(16, 20, 8));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"role":"user","content":""}                                    | [{"role":"user","content":"(no message)"}]
                    {"role":"user","content":[{"type":"text","text":" "}]}          | [{"role":"user","content":"(no message)"}]
                    {"role":"system","content":"S"}                                 | [{"role":"user","content":"(no message)"}]
                    {"role":"user","content":"a"},{"role":"assistant","content":""} | [{"role":"user","content":"a"}]
                    {"role":"assistant","content":"b"},{"role":"user","content":"a"} | [{"role":"user","content":"(no message)"},{"role":"assistant","content":"b"},{"role":"user","content":"a"}]
                    """)
    void aConversationBeginsWithWordsAndHasNoEmptyOnes(String messages, String sent) {
        assertThat(chat("\"messages\":[%s]".formatted(messages)).path("messages"))
                .hasToString(sent);
    }

    @Test
    void whatStandsAroundAnEmptyTurnIsOneTurn() {
        var sent = chat("\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"\"},"
                + "{\"role\":\"user\",\"content\":\"b\"}]");

        assertThat(sent.path("messages")).hasSize(1);
        assertThat(sent.at("/messages/0/content")).hasSize(2);
    }

    @Test
    void aThoughtThatNobodySignedIsNoTurn() {
        var sent = json(dialects.read(Dialect.OPENAI_RESPONSES, bytes("""
                        {"model":"m","input":[{"role":"user","content":"a"},{"type":"reasoning","summary":[],
                         "encrypted_content":"Z0FB"},{"role":"user","content":"b"}]}"""))
                .to("large", UpstreamDialect.ANTHROPIC_MESSAGES, "u", Map.of()));

        assertThat(sent.path("messages")).hasSize(1);
    }

    @Test
    void aToolThatBroughtNothingHasNoContent() {
        var sent = chat("""
                "messages":[{"role":"user","content":"a"},{"role":"assistant","tool_calls":[
                 {"id":"c","type":"function","function":{"name":"f","arguments":""}}]},
                 {"role":"tool","tool_call_id":"c","content":""}]""");

        assertThat(sent.at("/messages/2/content/0")).hasToString("{\"type\":\"tool_result\",\"tool_use_id\":\"c\"}");
    }

    @Test
    void theSchemaOfAToolSaysThatItsInputIsAnObject() {
        var tool = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":%s}}]";

        assertThat(ask(tool.formatted("{}")).at("/tools/0/input_schema")).hasToString("{\"type\":\"object\"}");
        assertThat(ask(tool.formatted("{\"properties\":{}}")).at("/tools/0/input_schema"))
                .hasToString("{\"type\":\"object\",\"properties\":{}}");
    }

    @Test
    void everyObjectInTheSchemaOfAnAnswerIsClosed() {
        var sent = ask("""
                "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object","properties":
                 {"a":{"type":"array","items":{"type":"object","properties":{}}},
                  "b":{"anyOf":[{"type":"object","additionalProperties":true},{"type":"null"}]}},
                 "$defs":{"c":{"properties":{}}}}}}""");

        var schema = sent.at("/output_config/format/schema");
        for (var path : new String[] {"", "/properties/a/items", "/properties/b/anyOf/0", "/$defs/c"}) {
            assertThat(schema.at(path).path("additionalProperties").asBoolean(true))
                    .as(path)
                    .isFalse();
        }
    }

    @Test
    void aPictureHasANameThatAnthropicKnows() {
        var sent = chat("\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"data:image/jpg;base64,aGk=\"}}]}]");

        assertThat(sent.at("/messages/0/content/0/source/media_type").asString())
                .isEqualTo("image/jpeg");
    }

    @Test
    void spacesAloneStopNobody() {
        assertThat(ask("\"stop\":[\"\\n\",\"END\"]").path("stop_sequences")).hasToString("[\"END\"]");
        assertThat(ask("\"stop\":\"\\n\"").has("stop_sequences")).isFalse();
    }

    @Test
    void jsonWithoutASchemaIsAskedForByWords() {
        var sent = ask("\"response_format\":{\"type\":\"json_object\"}");

        assertThat(sent.path("system").asString()).contains("JSON");
        assertThat(sent.has("output_config")).isFalse();
    }

    private JsonNode ask(String fields) {
        return chat("\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]," + fields);
    }

    private JsonNode chat(String fields) {
        var request = dialects.read(Dialect.OPENAI_CHAT, bytes("{\"model\":\"m\",%s}".formatted(fields)));
        return json(request.to("large", UpstreamDialect.ANTHROPIC_MESSAGES, "u", Map.of()));
    }

    private static JsonNode json(Passage passage) {
        return Json.object(passage.body()).orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
