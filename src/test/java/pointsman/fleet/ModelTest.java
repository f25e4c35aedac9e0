package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pointsman.dialect.Attachment;
import pointsman.dialect.UpstreamDialect;
import pointsman.usage.Price;

class ModelTest {
    private static final BigDecimal FREE = BigDecimal.ZERO;

    @Test
    void aPromptFitsWhatItsContextCanHold() {
        assertThat(upstream(4096).fits(3 * 4095)).isTrue();
        assertThat(upstream(4096).fits(3 * 4096)).isFalse();
        assertThat(upstream(Integer.MAX_VALUE).fits(Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void itsKeyIsNeverPrinted() {
        assertThat(upstream(4096).toString()).doesNotContain("sk-secret").contains("***");
    }

    @Test
    void whatItCannotReadIsNamed() {
        assertThat(upstream(9).cannotRead(Set.of(Attachment.IMAGE, Attachment.DOCUMENT)))
                .contains(Attachment.DOCUMENT);
        assertThat(upstream(9).cannotRead(Set.of(Attachment.IMAGE))).isEmpty();
    }

    @Test
    void aLocalModelIsNotAskedForWhatItCannotRead() {
        assertThat(upstream(9, true).refusal(Set.of(Attachment.IMAGE, Attachment.DOCUMENT)))
                .hasValueSatisfying(failure -> {
                    assertThat(failure.status()).isEqualTo(400);
                    assertThat(failure.code()).isEqualTo("unsupported_by_upstream");
                    assertThat(failure.message())
                            .isEqualTo("The upstream 'small' cannot be asked for 'document': the local model 'tiny' "
                                    + "cannot read it.");
                });
        assertThat(upstream(9, true).refusal(Set.of(Attachment.IMAGE))).isEmpty();
    }

    @Test
    void aRemoteModelIsAskedForAnything() {
        assertThat(upstream(9, false).refusal(Set.of(Attachment.DOCUMENT))).isEmpty();
    }

    private static Model upstream(int contextTokens) {
        return upstream(contextTokens, false);
    }

    private static Model upstream(int contextTokens, boolean local) {
        return new Model(
                "small",
                UpstreamDialect.OPENAI_CHAT,
                URI.create("http://127.0.0.1:9/v1"),
                new ApiKey("sk-secret"),
                "tiny",
                new Price(FREE, FREE, FREE, FREE, FREE),
                false,
                false,
                Map.of(),
                contextTokens,
                Set.of(Attachment.IMAGE, Attachment.AUDIO),
                Set.of(),
                local,
                Health.UNKNOWN);
    }
}
