package pointsman.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.dialect.chat.ChatPrompt.Parameters;
import pointsman.dialect.wire.Json;

class ChatPromptTest {
    private static final Parameters PLAIN = new Parameters("auto", OptionalDouble.empty(), 0, Optional.empty());

    @Test
    void requestsShareAllBeforeTheUsersText() {
        var prompt = new ChatPrompt(PLAIN, "Say \"yes\".");

        assertThat(prompt.body("a\"b")).isEqualTo("""
                {"model":"auto","messages":[{"role":"system","content":"Say \\"yes\\"."},\
                {"role":"user","content":"a\\"b"}]}""");
    }

    @Test
    void parametersStandFirst() {
        var schema = Json.object().put("type", "object");
        var parameters = new Parameters("m", OptionalDouble.of(0.5), 40, Optional.of(schema));

        assertThat(new ChatPrompt(parameters, "s").body("u")).startsWith("""
                {"model":"m","temperature":0.5,"max_completion_tokens":40,"response_format":{"type":"json_schema",\
                "json_schema":{"name":"answer","strict":true,"schema":{"type":"object"}}},"messages":[""");
    }

    @Test
    void aQuestionMayBeAllThereIs() {
        assertThat(new String(ChatPrompt.asked("auto", "a\"b"), UTF_8))
                .isEqualTo("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"a\\\"b\"}]}");
    }

    @Test
    void theLastTextIsFoundAndReplaced() {
        var body = """
                {"tools":[1],"messages": [{"role":"system","content":"s"}, {"content": "a\\n", "role":"user"}],"model":"m"}""";

        var last = LastUserText.of(body).orElseThrow();

        assertThat(last.text()).isEqualTo("a\n");
        assertThat(last.replaced("b\"")).isEqualTo(body.replace("\"a\\n\"", "\"b\\\"\""));
        assertThat(last.frame()).isEqualTo("""
                "m"
                [1]

                [{"role":"system","content":"s"}, {"content":\s
                , "role":"user"}]""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\":7}",
                "{\"messages\":[]}",
                "{\"messages\":[\"x\"]}",
                "{\"messages\":[{\"role\":\"user\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[]}]}",
                "{\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]}"
            })
    void whatEndsOtherwiseHasNoLastText(String body) {
        assertThat(LastUserText.of(body)).isEmpty();
    }
}
