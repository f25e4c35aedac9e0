package pointsman.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import pointsman.dialect.UpstreamDialect;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.testing.Requests;
import pointsman.testing.SampleModel;

/// A request in the words of a model that is deployed in several places.
class OutboundTest {
    private static final Caller ACME = new Caller("acme", Caller.Work.CHAT);
    private static final String NOWHERE = "http://127.0.0.1:9/v1";
    private static final SampleModel MODEL = SampleModel.named("large");
    private static final Deployment OPENAI = MODEL.deployment("openai", NOWHERE, 1);
    private static final Deployment ANTHROPIC =
            MODEL.speaking(UpstreamDialect.ANTHROPIC_MESSAGES).deployment("anthropic", NOWHERE, 1);
    private static final String SEVERAL_ANSWERS = "\"n\": 3, ";

    @Test
    void itIsWrittenForTheFirstDeploymentThatCanBeAskedIt() {
        var outbound = open(MODEL.at(ANTHROPIC, OPENAI), SEVERAL_ANSWERS);

        assertThat(outbound.deployment()).isEqualTo(OPENAI);
        assertThat(new String(outbound.to(outbound.deployment()).passage().body(), UTF_8))
                .contains("\"n\": 3");
    }

    @Test
    void eachDeploymentIsAskedInItsOwnDialect() {
        var outbound = open(MODEL.at(ANTHROPIC, OPENAI), "");

        assertThat(outbound.to(ANTHROPIC).path()).isEqualTo("/messages");
        assertThat(outbound.to(OPENAI).path()).isEqualTo("/chat/completions");
    }

    @Test
    void ofOneProviderTheFirstDialectIsSpokenThatCanExpressIt() {
        var both = MODEL.speaking(UpstreamDialect.ANTHROPIC_MESSAGES, UpstreamDialect.OPENAI_CHAT);

        assertThat(open(both.model(), SEVERAL_ANSWERS)
                        .to(both.model().deployments().getFirst())
                        .dialect())
                .isEqualTo(UpstreamDialect.OPENAI_CHAT);
    }

    @Test
    void aDeploymentIsWrittenForOnceHoweverOftenItIsAsked() {
        var model = MODEL.at(NOWHERE, "http://127.0.0.1:10/v1");
        var outbound = open(model, "");
        var last = model.deployments().getLast();

        assertThat(outbound.to(last))
                .isSameAs(outbound.to(last))
                .isNotSameAs(outbound.to(model.deployments().getFirst()));
    }

    @Test
    void whatNoDeploymentCanBeAskedIsToldAsTheFirstTellsIt() {
        var alone = MODEL.at(
                ANTHROPIC, MODEL.speaking(UpstreamDialect.ANTHROPIC_MESSAGES).deployment("other", NOWHERE, 1));

        var refusal = catchThrowableOfType(FailureException.class, () -> open(alone, SEVERAL_ANSWERS));

        assertThat(refusal.failure()).isInstanceOf(Failure.UnsupportedByUpstream.class);
    }

    private static Outbound open(Model model, String fields) {
        var body =
                "{%s\"model\": \"auto\", \"max_tokens\": 9, \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}"
                        .formatted(fields);
        return model.open(ACME, Requests.chat(body), Map.of());
    }
}
