package pointsman.dialect;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;

/// What only advises never stops a request between two dialects, and the client is told of it.
class DroppedTest {
    private final Dialects dialects = new Dialects(new ReadLimits(16, 20, 8));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "seed":7                                            | seed
                    "presence_penalty":0.1                              | presence_penalty
                    "frequency_penalty":-1                              | frequency_penalty
                    "temperature":1.01                                  | temperature
                    "min_p":0.1                                         | min_p
                    "store":true                                        | store
                    "metadata":{"a":"b"}                                | metadata
                    "verbosity":"low"                                   | verbosity
                    "service_tier":"flex"                               | service_tier
                    "prediction":{"type":"content"}                     | prediction
                    "moderation":{"model":"m"}                          | moderation
                    "web_search_options":{"user_location":{"type":"x"}} | web_search_options
                    "tools":[{"type":"web_search"}],"parallel_tool_calls":true,"tool_choice":"auto" | tools.web_search
                    """)
    void aHintForOpenAiIsNoReasonNotToAskAnthropic(String field, String name) {
        assertDropped(Dialect.OPENAI_CHAT, UpstreamDialect.ANTHROPIC_MESSAGES, field, name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "store":true                                           | store
                    "truncation":"auto"                                    | truncation
                    "client_metadata":{"a":"b"}                            | client_metadata
                    "context_management":[{"type":"compaction"}]           | context_management
                    "moderation":{"model":"m"}                             | moderation
                    "include":["file_search_call.results"]                 | include.file_search_call.results
                    "reasoning":{"effort":"low","context":"all"}           | reasoning.context
                    "tools":[{"type":"mcp","server_label":"s"}]            | tools.mcp
                    "tools":[{"type":"image_generation"}]                  | tools.image_generation
                    "tools":[{"type":"computer_use_preview"}]              | tools.computer_use_preview
                    "tools":[{"type":"local_shell"}]                       | tools.local_shell
                    "tools":[{"type":"function","name":"f","defer_loading":true}] | tools.defer_loading
                    """)
    void aHintForOpenAisResponsesIsNoReasonNotToAskAnybody(String field, String name) {
        for (var upstream : UpstreamDialect.values()) {
            if (upstream.format() != Dialect.OPENAI_RESPONSES) {
                assertDropped(Dialect.OPENAI_RESPONSES, upstream, field, name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "context_management":{"edits":[{"type":"x"}]}          | context_management
                    "speed":"fast"                                         | speed
                    "fallbacks":[{"model":"x"}]                            | fallbacks
                    "inference_geo":"us"                                   | inference_geo
                    "top_k":40                                             | top_k
                    "output_config":{"task_budget":{"total":9}}            | output_config.task_budget
                    "output_config":{"never_seen":1}                       | output_config.never_seen
                    "thinking":{"type":"never_seen"}                       | thinking.never_seen
                    "metadata":{"user_id":"u","other":"x"}                 | metadata.other
                    "tools":[{"name":"f","input_examples":[{"a":1}]}]      | tools.input_examples
                    "tools":[{"name":"f","allowed_callers":["direct"]}]    | tools.allowed_callers
                    "tools":[{"name":"f","eager_input_streaming":true}]    | tools.eager_input_streaming
                    "tools":[{"name":"code_execution","type":"code_execution_20250825"}] | tools.code_execution_20250825
                    "tools":[{"name":"computer","type":"computer_20250124"}],"tool_choice":{"type":"auto"} | tools.computer_20250124
                    "tools":[{"type":"mcp_toolset","mcp_server_name":"s"}] | tools.mcp_toolset
                    """)
    void aHintForAnthropicIsNoReasonNotToAskOpenAi(String field, String name) {
        assertDropped(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT, field, name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"mcp_servers\":[]",
                "\"fallbacks\":[]",
                "\"container\":null",
                "\"context_management\":{}",
                "\"service_tier\":\"auto\"",
                "\"output_config\":{\"task_budget\":null}",
                "\"tools\":[{\"name\":\"f\",\"defer_loading\":false,\"input_examples\":[]}]"
            })
    void whatAsksForNothingIsNotWorthAWord(String field) {
        assertThat(open(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT, field)
                        .dropped())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void withinADialectEverythingPasses(Dialect dialect) {
        for (var upstream : UpstreamDialect.values()) {
            if (upstream.format() == dialect) {
                var passage = open(dialect, upstream, "\"never_seen\":{\"a\":[1]},\"tools\":[{\"type\":\"x\"}]");

                assertThat(new String(passage.body(), StandardCharsets.UTF_8))
                        .contains("\"never_seen\":{\"a\":[1]},\"tools\":[{\"type\":\"x\"}]");
                assertThat(passage.dropped()).isEmpty();
            }
        }
    }

    @Test
    void whereNoToolIsLeftNothingIsSaidOfTools() {
        var sent = json(open(
                Dialect.ANTHROPIC_MESSAGES,
                UpstreamDialect.OPENAI_CHAT,
                "\"tools\":[{\"name\":\"w\",\"type\":\"web_search_20250305\"}],"
                        + "\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}"));

        assertThat(sent.propertyNames()).doesNotContain("tools", "tool_choice", "parallel_tool_calls");
    }

    @Test
    void namesOfTheClientsChoosingFitIntoAHeader() {
        var fields = IntStream.range(0, 100)
                .mapToObj(i -> "\"%d\\r\\nx: %s\":1".formatted(i, "ü".repeat(200)))
                .collect(joining(","));

        var dropped = open(Dialect.OPENAI_CHAT, UpstreamDialect.ANTHROPIC_MESSAGES, fields)
                .dropped();

        assertThat(dropped).hasSize(32).allMatch(name -> name.matches("[a-zA-Z0-9_.-]{1,64}"));
    }

    @Test
    void aTurnOfNothingElseIsLeftOut() {
        var sent = json(dialects.read(Dialect.ANTHROPIC_MESSAGES, """
                        {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"Hi"},
                         {"role":"assistant","content":[{"type":"fallback"}]},{"role":"user","content":"So?"}]}""".getBytes(StandardCharsets.UTF_8))
                .to("large", UpstreamDialect.OPENAI_CHAT, "u", Map.of()));

        assertThat(sent.path("messages")).hasSize(2);
    }

    @Test
    void theProgramsAttributionIsForAnthropicOnly() {
        var system = "\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cc_version=1;\"},"
                + "{\"type\":\"text\",\"text\":\"Be brief.\"}]";

        var sent = json(open(Dialect.ANTHROPIC_MESSAGES, UpstreamDialect.LLAMA_CPP, system));

        assertThat(sent.at("/messages/0/content").asString()).isEqualTo("Be brief.");
    }

    private void assertDropped(Dialect client, UpstreamDialect upstream, String field, String name) {
        assertThatCode(() -> open(client, upstream, field)).doesNotThrowAnyException();
        assertThat(open(client, upstream, field).dropped()).isEqualTo(List.of(name));
    }

    private Passage open(Dialect client, UpstreamDialect upstream, String fields) {
        var conversation = switch (client) {
            case OPENAI_CHAT -> "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
            case OPENAI_RESPONSES -> "\"input\":\"Hi\"";
            case ANTHROPIC_MESSAGES -> "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
        };
        var body = "{\"model\":\"m\",%s,%s}".formatted(conversation, fields);
        return dialects.read(client, body.getBytes(StandardCharsets.UTF_8)).to("large", upstream, "u", Map.of());
    }

    private static JsonNode json(Passage passage) {
        return Json.object(passage.body()).orElseThrow();
    }
}
