package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Client;
import pointsman.testing.Completions;
import pointsman.testing.FakeUpstream;
import pointsman.testing.Gateway;
import pointsman.testing.Reply;
import pointsman.testing.StrictProvider;
import pointsman.testing.Surface;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An upstream that speaks OpenAI's responses, and refuses what OpenAI refuses, behind clients of all three
/// dialects.
@Timeout(60)
class ResponsesUpstreamTest {
    private static final Gateway GATEWAY = Gateway.mixed();
    private static final JsonMapper JSON = new JsonMapper();

    /// Its chat completions take no tools while it thinks.
    private static final String THINKER = "azure/gpt-5.5";

    /// It has no chat completions.
    private static final String RESPONSES_ONLY = "azure/gpt-5-pro";

    private static final String FUNCTION =
            "{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}}";

    private final Client client = GATEWAY.client();
    private final FakeUpstream openAi = GATEWAY.large();

    @BeforeEach
    void begin() {
        GATEWAY.forget();
        List.of("ok", "call-once").forEach(mode -> StrictProvider.guard(openAi, "openai", mode));
    }

    @ParameterizedTest
    @CsvSource({"CHAT,false", "CHAT,true", "RESPONSES,false", "RESPONSES,true", "MESSAGES,false", "MESSAGES,true"})
    void everyClientIsAnsweredInItsOwnDialect(Surface surface, boolean isStream) throws Exception {
        var reply = client.post(surface.path(), surface.ask(RESPONSES_ONLY, "hello", isStream));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(openAi.onlyCall().path()).isEqualTo("/v1/responses");
        assertThat(said(reply)).isEqualTo(Completions.TEXT);
        assertThat(reply.header("x-pointsman-model")).isEqualTo("gpt-5-pro");
        if (isStream) {
            assertThat(surface.endsAsSuccess(reply)).as(reply.text()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientOfResponsesPassesByteForByte(boolean isStream) throws Exception {
        var body = " {\"input\":[ {\"role\":\"user\",\"content\":\"gr\\u00fc\\u00df\"}],\"model\":\"%s\",\"stream\":"
                + isStream + ",\"store\":true, \"metadata\":{\"x\":\"1.0\"}}";

        var reply = client.post("/v1/responses", body.formatted(THINKER));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(openAi.onlyCall().text()).isEqualTo(body.formatted("gpt-5.5"));
        assertThat(reply.text()).contains("\"x_vendor\":{\"caf\\u00e9\":[1.0E+2]} }");
    }

    @Test
    void aModelThatThinksCallsToolsByItsResponsesOnly() throws Exception {
        var thinking = Surface.CHAT.ask(THINKER, "hello", false).replaceFirst("}$", ",\"reasoning_effort\":\"low\"");

        var alone = client.chat(thinking + "}");
        var withTools = client.chat(thinking + ",\"tools\":[" + FUNCTION + "]}");

        assertThat(alone.status()).as(alone.text()).isEqualTo(200);
        assertThat(withTools.status()).as(withTools.text()).isEqualTo(200);
        assertThat(openAi.calls())
                .extracting(call -> call.path())
                .containsExactly("/v1/chat/completions", "/v1/responses");
        assertThat(openAi.calls().getLast().json().at("/reasoning/effort").asString())
                .isEqualTo("low");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientOfChatMakesItsCallsAndIsAnswered(boolean isStream) throws Exception {
        var asked =
                "{\"model\":\"%s\",\"stream\":%s,\"tools\":[%s],\"messages\":[{\"role\":\"user\",\"content\":\"[[mode:call-once]]\"}%s]}";
        var called = client.chat(asked.formatted(RESPONSES_ONLY, isStream, FUNCTION, ""));
        var calls =
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{}\"}}]}";
        var result = "{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"sunny\"}";

        var answered = client.chat(asked.formatted(RESPONSES_ONLY, isStream, FUNCTION, "," + calls + "," + result));

        assertThat(called.text()).contains("call_1", "weather", "tool_calls").contains("Paris");
        assertThat(said(answered)).isEqualTo(Completions.TEXT);
        assertThat(openAi.calls()
                        .getLast()
                        .json()
                        .path("input")
                        .path(2)
                        .path("output")
                        .asString())
                .isEqualTo("sunny");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientOfMessagesMakesItsCallsAndIsAnswered(boolean isStream) throws Exception {
        var asked =
                "{\"model\":\"%s\",\"stream\":%s,\"max_tokens\":99,\"tools\":[{\"name\":\"weather\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}],"
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"[[mode:call-once]]\"}%s]}";
        var called = client.post("/v1/messages", asked.formatted(RESPONSES_ONLY, isStream, ""));
        var calls =
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"weather\",\"input\":{}}]}";
        var result =
                "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"call_1\",\"is_error\":true,\"content\":\"fog\"}]}";

        var answered =
                client.post("/v1/messages", asked.formatted(RESPONSES_ONLY, isStream, "," + calls + "," + result));

        assertThat(called.text()).contains("call_1", "weather", "\"tool_use\"").contains("Paris");
        assertThat(said(answered)).isEqualTo(Completions.TEXT);
        assertThat(openAi.calls()
                        .getLast()
                        .json()
                        .path("input")
                        .path(2)
                        .path("output")
                        .asString())
                .isEqualTo("Error: fog");
    }

    @Test
    void aToolThatTakesATextIsOneThereToo() throws Exception {
        var reply = client.chat(
                "{\"model\":\"%s\",\"tools\":[{\"type\":\"custom\",\"custom\":{\"name\":\"patch\"}}],\"messages\":[{\"role\":\"user\",\"content\":\"[[mode:call-once]]\"}]}"
                        .formatted(RESPONSES_ONLY));

        var call = reply.json().at("/choices/0/message/tool_calls/0");
        assertThat(call.path("type").asString()).as(reply.text()).isEqualTo("custom");
        assertThat(call.at("/custom/input").asString()).isEqualTo("a \"text\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"previous_response_id\":\"resp_1\"",
                "\"conversation\":\"conv_1\"",
                "\"prompt\":{\"id\":\"pmpt_1\"}"
            })
    void whatOpenAiKeepsIsAskedOfOneModelOfOneProviderOnly(String field) throws Exception {
        var body = "{\"model\":\"%s\",\"input\":\"hello\"," + field + "}";
        var name = field.substring(1, field.indexOf('"', 1));

        assertThat(client.post("/v1/responses", body.formatted(THINKER)).status())
                .isEqualTo(200);
        assertThat(openAi.onlyCall().text()).isEqualTo(body.formatted("gpt-5.5"));
        for (var elsewhere : List.of("auto", "small", "large")) {
            var refused = client.post("/v1/responses", body.formatted(elsewhere));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().at("/error/param").asString()).isEqualTo(name);
        }
        assertThat(openAi.calls()).hasSize(1);
    }

    @Test
    void anAnswerInTheBackgroundCannotBeFetchedLater() throws Exception {
        var body = "{\"model\":\"" + THINKER + "\",\"input\":\"hello\",\"background\":true,\"stream\":%s}";

        assertThat(client.post("/v1/responses", body.formatted(false))
                        .json()
                        .at("/error/param")
                        .asString())
                .isEqualTo("background");
        assertThat(client.post("/v1/responses", body.formatted(true)).status()).isEqualTo(200);
    }

    @Test
    void tokensAreCountedByOpenAiAndElseHere() throws Exception {
        var body = "{\"model\":\"%s\",\"input\":\"hello world\"}";

        var there = client.post("/v1/responses/input_tokens", body.formatted(THINKER));
        var here = client.post("/v1/responses/input_tokens", body.formatted("small"));

        assertThat(openAi.onlyCall().path()).isEqualTo("/v1/responses/input_tokens");
        for (var reply : List.of(there, here)) {
            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(reply.json().path("object").asString()).isEqualTo("response.input_tokens");
            assertThat(reply.json().path("input_tokens").asInt()).isPositive();
        }
    }

    @Test
    void openAiMakesAConversationShorterItself() throws Exception {
        var body = "{\"model\":\"%s\",\"input\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

        var reply = client.post("/v1/responses/compact", body.formatted(THINKER));

        assertThat(openAi.onlyCall().path()).isEqualTo("/v1/responses/compact");
        assertThat(openAi.onlyCall().text()).isEqualTo(body.formatted("gpt-5.5"));
        assertThat(reply.json().at("/output/0/encrypted_content").asString()).isEqualTo("gAAAAfake==");
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void anotherModelSumsTheConversationUp(String model) throws Exception {
        var input =
                "{\"role\":\"user\",\"content\":\"hello\"},{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"1\"}";

        var reply = client.post(
                "/v1/responses/compact",
                "{\"model\":\"%s\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}],\"input\":[%s]}"
                        .formatted(model, input));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(reply.json().path("object").asString()).isEqualTo("response.compaction");
        assertThat(reply.json().path("output")).hasSize(2);
        assertThat(reply.json().at("/output/0/content/0/text").asString()).isEqualTo("hello");
        var item = reply.json().at("/output/1");
        assertThat(item.path("type").asString()).isEqualTo("compaction");
        assertThat(GATEWAY.upstream(model).onlyCall().text()).contains("Sum up this conversation");

        GATEWAY.forget();
        goOn(model, item);
        assertThat(GATEWAY.upstream(model).onlyCall().text()).contains("summary of the conversation so far");
        GATEWAY.forget();
        goOn(THINKER, item);
        assertThat(openAi.onlyCall().json().at("/input/0/content").asString()).contains(Completions.TEXT);
    }

    private void goOn(String model, JsonNode item) throws Exception {
        var reply = client.post(
                "/v1/responses",
                "{\"model\":\"%s\",\"input\":[%s,{\"role\":\"user\",\"content\":\"And now?\"}]}"
                        .formatted(model, item));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    @Test
    void aStreamWithTheDemandToSumUpBringsTheSummaryAsItsOnlyItem() throws Exception {
        var reply = client.post(
                "/v1/responses",
                "{\"model\":\"small\",\"stream\":true,\"input\":[{\"role\":\"user\",\"content\":\"hello\"},{\"type\":\"compaction_trigger\"}]}");

        var done = reply.events().stream()
                .map(JSON::readTree)
                .filter(event -> event.path("type").asString().equals("response.output_item.done"))
                .toList();
        assertThat(done).hasSize(1);
        assertThat(done.getFirst().at("/item/type").asString()).isEqualTo("compaction");
        assertThat(reply.text()).contains("event: response.completed");
    }

    @ParameterizedTest
    @CsvSource({"CHAT", "RESPONSES", "MESSAGES"})
    void aResponseThatFailsBreaksEveryStream(Surface surface) throws Exception {
        var reply = client.post(surface.path(), surface.ask(RESPONSES_ONLY, "[[mode:error-mid-stream]]", true));

        assertThat(reply.text()).contains("error");
        assertThat(surface.endsAsSuccess(reply)).isFalse();
    }

    @Test
    void thoughtsOfOtherModelsDoNotReachOpenAi() throws Exception {
        var thoughts =
                "{\"type\":\"reasoning\",\"id\":\"rs_msg_1_0\",\"summary\":[]},{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"anthropic-signature:x\"}";

        var reply = client.post(
                "/v1/responses",
                "{\"model\":\"%s\",\"input\":[{\"role\":\"user\",\"content\":\"hello\"},%s]}"
                        .formatted(THINKER, thoughts));

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(openAi.onlyCall().text()).doesNotContain("reasoning");
    }

    /// The words of an answer, whatever its dialect, in one piece or in many.
    private static String said(Reply reply) {
        if (!reply.header("content-type").startsWith("text/event-stream")) {
            var json = reply.json();
            return json.at("/choices/0/message/content").asString("")
                    + json.at("/content/0/text").asString("")
                    + json.at("/output/0/content/0/text").asString("");
        }
        var text = new StringBuilder();
        for (var data : reply.events()) {
            if (!data.equals("[DONE]")) {
                var event = JSON.readTree(data.getBytes(UTF_8));
                text.append(event.at("/choices/0/delta/content").asString(""))
                        .append(event.at("/delta/text").asString(""))
                        .append(event.path("delta").asString(""));
            }
        }
        return text.toString();
    }
}
