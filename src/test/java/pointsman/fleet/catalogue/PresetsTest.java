package pointsman.fleet.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import pointsman.dialect.UpstreamDialect;

class PresetsTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)}");
    private static List<Preset> packaged = List.of();

    @BeforeAll
    static void read() throws IOException {
        packaged = Presets.packaged();
    }

    @Test
    void everybodyIsThere() {
        assertThat(packaged)
                .extracting(Preset::name)
                .doesNotHaveDuplicates()
                .contains("openai", "anthropic", "gemini", "mistral", "deepseek", "xai", "groq", "together")
                .contains("fireworks", "cerebras", "openrouter", "azure")
                .contains("ollama", "lm-studio", "vllm", "llama-server");
    }

    @Test
    void everyLineHasASourceAndAMonth() {
        assertThat(packaged).allSatisfy(preset -> {
            assertThat(preset.source()).startsWith("https://");
            assertThat(preset.month()).isBetween(YearMonth.of(2026, 7), YearMonth.of(2027, 12));
            assertThat(preset.dialects()).isNotEmpty();
        });
    }

    @Test
    void whatIsNotOnThisMachineIsEncryptedAndNeedsAKey() {
        assertThat(packaged).filteredOn(preset -> !preset.isLocal()).allSatisfy(preset -> {
            assertThat(preset.baseUrl()).containsPattern("^(https://|\\$\\{[A-Z_]+ENDPOINT})");
            assertThat(preset.variables().getFirst()).endsWith("_API_KEY");
            assertThat(preset.keyHeader()).isNotEmpty();
            assertThat(preset.hosts()).isNotEmpty();
        });
        assertThat(packaged).filteredOn(Preset::isLocal).hasSize(4).allSatisfy(preset -> {
            assertThat(preset.variables()).isEmpty();
            assertThat(preset.port()).isPositive();
        });
    }

    @Test
    void everyVariableOfAnAddressIsNamed() {
        assertThat(packaged)
                .allSatisfy(preset -> assertThat(preset.variables())
                        .containsAll(VARIABLE.matcher(preset.baseUrl())
                                .results()
                                .map(found -> found.group(1))
                                .toList()));
    }

    @Test
    void everyFamilyIsServedByOneAtMost() {
        assertThat(packaged.stream().flatMap(preset -> preset.serves().stream()))
                .doesNotHaveDuplicates()
                .contains("claude-*", "gemini-*", "grok-*")
                .doesNotContain("*");
    }

    @Test
    void theirServersSpeakWhatTheySpeak() {
        assertThat(named("anthropic").dialects()).containsExactly(UpstreamDialect.ANTHROPIC_MESSAGES);
        assertThat(named("openai").dialects())
                .containsExactly(UpstreamDialect.OPENAI_CHAT, UpstreamDialect.OPENAI_RESPONSES);
        assertThat(named("llama-server").dialects()).containsExactly(UpstreamDialect.LLAMA_CPP);
        assertThat(named("ollama").port()).isEqualTo(11434);
    }

    private static Preset named(String name) {
        return packaged.stream()
                .filter(preset -> preset.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
