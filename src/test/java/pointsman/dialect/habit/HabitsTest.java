package pointsman.dialect.habit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a habit does to a request, and what stays as it is.
class HabitsTest {
    private static final String HEAD = "provider,dialect,models,habit,value,source,month\n";

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    openai      | gpt-4o          | {"n":2,"seed":1,"metadata":{"a":"b"},"user":"u","stream":true,"messages":[{"role":"user","content":"\\u00e9 😀"}]}
                    openai      | gpt-5.6         | {"messages":[{"role":"user","content":"a"}],"max_completion_tokens":9,"reasoning_effort":"high","a_new_field":1}
                    openai      | gpt-5.6         | {"messages":[],"reasoning_effort":"none","prompt_cache_key":"k"}
                    openai      | gpt-4o          | {"messages":[{"role":"system","content":""},{"role":"developer","content":"b"}],"tools":[{"type":"function","function":{"name":"f"}}],"parallel_tool_calls":false}
                    vllm        | qwen            | {"messages":[{"role":"system","content":"S"},{"role":"user","content":"a"}],"chat_template_kwargs":{}}
                    mistral     | m               | {"messages":[{"role":"user","content":"a"}],"max_tokens":9,"random_seed":1}
                    unheard-of  | m               | {"anything":[],"messages":[{"role":"developer","content":""}]}
                    default     | m               | {"logit_bias":{"1":2},"messages":[]}
                    """)
    void whatNoHabitIsAboutKeepsItsBytes(String provider, String model, String asked) throws IOException {
        var body = asked.getBytes(UTF_8);

        var fitted = HabitTable.packaged()
                .habits(provider, RequestFormat.CHAT, model)
                .fit("large", body);

        assertThat(fitted.body()).isSameAs(body);
        assertThat(fitted.dropped()).isEmpty();
    }

    @Test
    void aTurnOfACodingAgentKeepsItsBytes() throws IOException {
        var body = """
                {"model":"claude-opus-4-8","max_tokens":32000,"thinking":{"type":"adaptive"},"output_config":{"effort":"xhigh"},
                 "system":[{"type":"text","text":"x-anthropic-billing-header: cch=1;"},{"type":"text","text":"S"}],
                 "messages":[{"role":"user","content":[{"type":"text","text":"\\n- a"}]},
                 {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"Read","input":{}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":
                 {"type":"base64","media_type":"image/png","data":"aGk="}}]}]},{"role":"system","content":"REMIND"}],
                 "tools":[{"name":"Read","input_schema":{"type":"object"}}]}""".getBytes(UTF_8);
        var habits = HabitTable.packaged().habits("anthropic", RequestFormat.MESSAGES, "claude-opus-4-8");

        assertThat(habits.fit("large", body).body()).isSameAs(body);
    }

    @Test
    void theLineThatNamesTheClientProgramReachesAnthropicAlone() throws IOException {
        var asked = "{\"system\":[{\"type\":\"text\",\"text\":\"x-anthropic-billing-header: cch=1;\"},"
                + "{\"type\":\"text\",\"text\":\"S\"}],\"messages\":[]}";

        for (var server : new String[] {"ollama", "lm-studio", "vllm", "llama-server"}) {
            var fitted = fit(HabitTable.packaged().habits(server, RequestFormat.MESSAGES, "m"), asked);

            assertThat(new String(fitted.body(), UTF_8))
                    .isEqualTo("{\"system\":[{\"type\":\"text\",\"text\":\"S\"}],\"messages\":[]}");
            assertThat(fitted.dropped()).containsExactly("system.x-anthropic-billing-header");
        }
    }

    @Test
    void laterInstructionsFollowTheFirstInTheirOrder() throws IOException {
        var fitted = fit(
                HabitTable.packaged().habits("vllm", RequestFormat.CHAT, "m"),
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"system\",\"content\":\"S\"},"
                        + "{\"role\":\"system\",\"content\":[{\"type\":\"text\",\"text\":\"T\"}]}]}");

        assertThat(new String(fitted.body(), UTF_8))
                .isEqualTo("{\"messages\":[{\"role\":\"system\",\"content\":\"S\\n\\nT\"},"
                        + "{\"role\":\"user\",\"content\":\"a\"}]}");
    }

    @Test
    void aContentOfTextsIsOneTextWhereListsAreNotTaken() throws IOException {
        var habits = table("own,chat,*,content-list,refused,https://example.com,2026-11\n")
                .habits("own", RequestFormat.CHAT, "m");

        var fitted = fit(
                habits,
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
                        + "{\"type\":\"text\",\"text\":\"b\"}]}]}");

        assertThat(new String(fitted.body(), UTF_8))
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"a\\nb\"}]}");
    }

    @Test
    void ofTwoLinesThatContradictEachOtherTheLastCounts() throws IOException {
        var table = table("""
                own,chat,*,efforts,low high,https://example.com,2026-11
                own,chat,big-* !big-old*,efforts,low high max,https://example.com,2026-11
                """);

        var asked = "{\"reasoning_effort\":\"max\"}";
        assertThat(fit(table.habits("own", RequestFormat.CHAT, "big-1"), asked).dropped())
                .isEmpty();
        assertThat(fit(table.habits("own", RequestFormat.CHAT, "big-old"), asked)
                        .dropped())
                .containsExactly("reasoning_effort");
        assertThat(fit(table.habits("own", RequestFormat.MESSAGES, "big-old"), asked)
                        .dropped())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    own,chat,*,refusals,a,https://example.com,2026-11     | line 2 of the habits: there is no habit 'refusals'
                    own,chat,*,refuses,,https://example.com,2026-11       | line 2 of the habits: provider, dialect, models and value must say something
                    own,chat,*,refuses,a,https://example.com,November     | line 2 of the habits: Text 'November' could not be parsed
                    """)
    void aLineThatIsNoneIsNamed(String line, String words) {
        assertThatThrownBy(() -> table(line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(words);
    }

    private HabitTable table(String lines) throws IOException {
        return HabitTable.of(Files.writeString(directory.resolve("habits.csv"), HEAD + lines));
    }

    private static Habits.Fitted fit(Habits habits, String asked) {
        return habits.fit("large", asked.getBytes(UTF_8));
    }
}
