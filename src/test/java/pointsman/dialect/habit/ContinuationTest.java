package pointsman.dialect.habit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asked of a provider for the rest of an answer.
class ContinuationTest {
    private static final String ASKED = "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}";

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "openai,chat,gpt-5.6,NO",
        "unheard-of,chat,m,NO",
        "anthropic,messages,claude-sonnet-4-5-20250929,TRAILING_TRIMMED",
        "anthropic,messages,claude-sonnet-4-20250514,TRAILING_TRIMMED",
        "anthropic,messages,claude-3-7-sonnet-latest,TRAILING_TRIMMED",
        "anthropic,messages,claude-sonnet-4-6,NO",
        "anthropic,messages,claude-opus-4-8,NO",
        "openrouter,chat,anthropic/claude-sonnet-4.5,TRAILING_TRIMMED",
        "openrouter,chat,anthropic/claude-opus-4.6,NO",
        "mistral,chat,mistral-large-latest,PREFIX",
        "deepseek,chat,deepseek-chat,NO",
        "groq,chat,llama-3.3-70b-versatile,TRAILING",
        "groq,chat,openai/gpt-oss-120b,NO",
        "ollama,chat,qwen3,TRAILING",
        "lm-studio,chat,m,NO",
        "vllm,chat,m,CONTINUE_FINAL_MESSAGE",
        "vllm,messages,m,NO",
        "llama-server,chat,m,TRAILING",
        "llama-server,messages,m,TRAILING"
    })
    void theTableKnowsWhoGoesOn(String provider, String format, String model, Continuing how) throws IOException {
        var written = RequestFormat.valueOf(format.toUpperCase(Locale.ROOT));

        assertThat(HabitTable.packaged().habits(provider, written, model).continuing())
                .isEqualTo(how);
    }

    @Test
    void aWayThatNobodyHasIsNamed() throws IOException {
        var habits = habits("by-magic");

        assertThatThrownBy(habits::continuing)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nobody continues an answer by 'by-magic'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    trailing               | {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a b\\n "}]}
                    trailing-trimmed       | {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a b"}]}
                    prefix                 | {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a b\\n ","prefix":true}]}
                    continue-final-message | {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a b\\n "}],"add_generation_prompt":false,"continue_final_message":true}
                    """)
    void theWordsSoFarBeginTheAssistantsTurn(String how, String wanted) throws IOException {
        assertThat(continued(how, ASKED, "a b\n ")).contains(wanted);
    }

    @Test
    void whatTheClientHasBegunComesFirst() throws IOException {
        var begun = "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},"
                + "{\"role\":\"assistant\",\"content\":\"Well, \",\"prefix\":true}]}";

        assertThat(continued("prefix", begun, "a"))
                .contains("{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},"
                        + "{\"role\":\"assistant\",\"content\":\"Well, a\",\"prefix\":true}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"max_tokens":100,"messages":[{"role":"user"}]}                | "max_tokens":93
                    {"max_completion_tokens":100,"messages":[{"role":"user"}]}     | "max_completion_tokens":93
                    {"max_tokens":5,"messages":[{"role":"user"}]}                  | "max_tokens":1
                    {"max_tokens":null,"messages":[{"role":"user"}]}               | "max_tokens":null
                    """)
    void theLimitShrinksByWhatWasSaid(String asked, String limit) throws IOException {
        assertThat(continued("trailing", asked, "a"))
                .hasValueSatisfying(body -> assertThat(body).contains(limit));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"response_format\":{\"type\":\"json_object\"}",
                "\"output_config\":{\"format\":{\"type\":\"json_schema\"}}",
                "\"tool_choice\":\"required\"",
                "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}",
                "\"tool_choice\":{\"type\":\"any\"}",
                "\"n\":2",
                "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}",
                "\"reasoning_effort\":\"high\"",
                "\"reasoning\":{\"effort\":\"low\"}",
                "\"chat_template_kwargs\":{\"enable_thinking\":true}"
            })
    void whatAsksForMoreThanWordsIsNotGoneOnWith(String field) throws IOException {
        assertThat(continued("trailing", ASKED.replaceFirst("\\{", "{" + field + ","), "a"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"response_format\":{\"type\":\"text\"}",
                "\"tool_choice\":\"auto\",\"tools\":[{}]",
                "\"tool_choice\":{\"type\":\"none\"}",
                "\"n\":1",
                "\"thinking\":{\"type\":\"disabled\"}",
                "\"reasoning_effort\":\"none\"",
                "\"output_config\":{\"effort\":\"low\"}",
                "\"chat_template_kwargs\":{\"enable_thinking\":false}"
            })
    void whatAsksForWordsIs(String field) throws IOException {
        assertThat(continued("trailing", ASKED.replaceFirst("\\{", "{" + field + ","), "a"))
                .isNotEmpty();
    }

    /// Mistral fails over the two together.
    @Test
    void aPrefixStandsBesideNoTools() throws IOException {
        var asked = ASKED.replaceFirst("\\{", "{\"tools\":[{}],");

        assertThat(continued("prefix", asked, "a")).isEmpty();
    }

    /// llama.cpp's server makes rubbish of an empty beginning, Anthropic's API refuses it.
    @ParameterizedTest
    @ValueSource(strings = {"", " \n"})
    void whereNothingWasSaidThereIsNothingToGoOnWith(String said) throws IOException {
        assertThat(continued("trailing", ASKED, said)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"messages\":[]}", "[]", "no JSON"})
    void whatIsNoConversationIsNotGoneOnWith(String body) throws IOException {
        assertThat(continued("trailing", body, "a")).isEmpty();
    }

    private Optional<String> continued(String how, String body, String said) throws IOException {
        return habits(how).continued(body.getBytes(UTF_8), said, 7).map(bytes -> new String(bytes, UTF_8));
    }

    private Habits habits(String how) throws IOException {
        var file = Files.writeString(
                directory.resolve("habits.csv"),
                "provider,dialect,models,habit,value,source,month\nown,chat,*,continues," + how
                        + ",https://example.com,2026-11\n");
        return HabitTable.of(file).habits("own", RequestFormat.CHAT, "m");
    }
}
