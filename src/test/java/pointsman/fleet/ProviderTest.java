package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static pointsman.dialect.UpstreamDialect.ANTHROPIC_MESSAGES;
import static pointsman.dialect.UpstreamDialect.LLAMA_CPP;
import static pointsman.dialect.UpstreamDialect.OPENAI_CHAT;

import java.util.List;
import org.junit.jupiter.api.Test;
import pointsman.dialect.Dialect;
import pointsman.dialect.UpstreamDialect;
import pointsman.testing.Defaults;

class ProviderTest {
    @Test
    void aClientsOwnDialectIsTriedFirst() {
        assertThat(speaking(OPENAI_CHAT, ANTHROPIC_MESSAGES).dialectsFor(Dialect.ANTHROPIC_MESSAGES))
                .containsExactly(ANTHROPIC_MESSAGES, OPENAI_CHAT);
        assertThat(speaking(ANTHROPIC_MESSAGES, LLAMA_CPP).dialectsFor(Dialect.OPENAI_CHAT))
                .containsExactly(LLAMA_CPP, ANTHROPIC_MESSAGES);
    }

    @Test
    void whereNobodySpeaksItThePreferredOneIsTriedFirst() {
        assertThat(speaking(ANTHROPIC_MESSAGES, OPENAI_CHAT).dialectsFor(Dialect.OPENAI_RESPONSES))
                .containsExactly(ANTHROPIC_MESSAGES, OPENAI_CHAT);
    }

    @Test
    void aModelIsServedByItsWholeName() {
        var provider = speaking(OPENAI_CHAT);

        assertThat(provider.serves("gpt-4o")).isTrue();
        assertThat(provider.serves("o1")).isTrue();
        assertThat(provider.serves("o1-mini")).isFalse();
        assertThat(provider.serves("my-gpt-4o")).isFalse();
    }

    private static Provider speaking(UpstreamDialect... dialects) {
        return new Provider(
                "openai",
                List.of(dialects),
                Address.of("https://api.openai.com/v1"),
                new KeyRing(List.of()),
                List.of("gpt-*", "o1"),
                Defaults.limits());
    }
}
