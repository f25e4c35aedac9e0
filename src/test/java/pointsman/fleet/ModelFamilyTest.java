package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFamilyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o",
                "gpt-4.1-mini",
                "chatgpt-4o-latest",
                "o3",
                "o4-mini",
                "codex-mini-latest",
                "openai/gpt-5"
            })
    void openAisAreKnown(String name) {
        assertThat(ModelFamily.of(name)).contains(ModelFamily.OPENAI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-sonnet-4-5", "claude-3-5-haiku-20241022", "anthropic/claude-opus-4-8", "CLAUDE-X"})
    void anthropicsAreKnown(String name) {
        assertThat(ModelFamily.of(name)).contains(ModelFamily.ANTHROPIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gemini-2.5-pro", "qwen3:4b", "meta-llama/Llama-3.1-8B-Instruct", "deepseek-chat", "grok-4"})
    void othersAreKnown(String name) {
        assertThat(ModelFamily.of(name)).contains(ModelFamily.OTHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my-typo",
                "small",
                "open",
                "o",
                "o12345",
                "gpt",
                "",
                " gpt-4o",
                "gpt-4o\r\nx: y",
                "gpt-4ö",
                "text-embedding-3-small",
                "gpt-image-1",
                "gpt-4o-mini-tts",
                "gpt-4o-transcribe",
                "gemini-embedding-001"
            })
    void whateverElseIsNot(String name) {
        assertThat(ModelFamily.of(name)).isEmpty();
    }
}
