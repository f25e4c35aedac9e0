package pointsman.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pointsman.dialect.Capability;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.ReadLimits;
import pointsman.dialect.UpstreamDialect;
import pointsman.failure.FailureException;
import pointsman.testing.SampleModel;

class ModelTest {
    private static final Caller LOCAL = new Caller("local", Caller.Work.CHAT);
    private static final SampleModel SMALL = SampleModel.named("small");

    @Test
    void aPromptFitsWhatItsContextCanHold() {
        assertThat(SMALL.holding(4096).model().abilities().fits(3 * 4095)).isTrue();
        assertThat(SMALL.holding(4096).model().abilities().fits(3 * 4096)).isFalse();
        assertThat(SMALL.model().abilities().fits(Integer.MAX_VALUE)).isTrue();
    }

    @Test
    void itsKeyIsNeverPrinted() {
        assertThat(SMALL.model().toString()).doesNotContain("sk-secret");
        assertThat(new ApiKey("sk-secret")).hasToString("***");
    }

    @Test
    void whatItCannotReadIsNamed() {
        var reader = SMALL.reading(Capability.IMAGE, Capability.AUDIO).model().abilities();

        assertThat(reader.lacks(Set.of(Capability.IMAGE, Capability.DOCUMENT))).contains(Capability.DOCUMENT);
        assertThat(reader.lacks(Set.of(Capability.IMAGE))).isEmpty();
    }

    @Test
    void aLocalModelIsNotAskedForWhatItCannotRead() {
        var local = SMALL.speaking(UpstreamDialect.LLAMA_CPP).runHere().model();

        var refusal = catchThrowableOfType(FailureException.class, () -> local.open(LOCAL, withAnImage(), Map.of()));

        assertThat(refusal.failure().status()).isEqualTo(400);
        assertThat(refusal.failure().code()).isEqualTo("unsupported_by_upstream");
        assertThat(refusal.failure().message())
                .isEqualTo("The upstream 'small' cannot be asked for 'image': the local model 'tiny' cannot read it.");
    }

    @Test
    void aRemoteModelIsAskedForAnything() {
        var outbound = SMALL.model().open(LOCAL, withAnImage(), Map.of());

        assertThat(new String(outbound.to(outbound.deployment()).passage().body(), UTF_8))
                .contains("\"model\": \"tiny\"", "image_url");
    }

    @Test
    void headersOfAClientAreForItsOwnDialectAlone() {
        var headers = Map.of("openai-beta", "x");

        var own = SMALL.model().open(LOCAL, withAnImage(), headers);
        var other = SMALL.speaking(UpstreamDialect.ANTHROPIC_MESSAGES).model().open(LOCAL, withAnImage(), headers);

        assertThat(own.to(own.deployment()).headers()).containsEntry("openai-beta", "x");
        assertThat(other.to(other.deployment()).headers()).isEmpty();
    }

    private static ModelRequest withAnImage() {
        var body = """
                {"model": "auto", "messages": [{"role": "user", "content": [
                    {"type": "text", "text": "What is this?"},
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}]}""";
        return new Dialects(new ReadLimits(64, 100, 100, 100_000))
                .read(Dialect.OPENAI_CHAT, Operation.CHAT, body.getBytes(UTF_8));
    }
}
