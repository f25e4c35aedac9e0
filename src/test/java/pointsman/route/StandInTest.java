package pointsman.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.failure.ErrorShape;
import pointsman.failure.Failure;
import pointsman.route.Decision.Scored;
import pointsman.testing.SampleModel;

class StandInTest {
    private static final Scored TO_SMALL = new Scored("small", "auto", 0.9, 0.8, "");
    private static final Failure AWAY = new Failure.UpstreamUnavailable("small", "reset", Duration.ofSeconds(1));

    @Test
    void largeStandsInForASmallThatIsAway() {
        var instead = after(AWAY.asException()).orElseThrow();

        assertThat(instead.model()).isEqualTo("large");
        assertThat(instead.reason()).isEqualTo("small_unavailable");
        assertThat(instead.score()).hasValue(0.9);
    }

    @Test
    void nobodyStandsInForLarge() {
        var large = SampleModel.named("large").model();
        var last = new Choice(large, new Scored("large", "auto", 0.1, 0.8, ""));

        assertThat(last.instead(AWAY.asException())).isEmpty();
    }

    @Test
    void aBugOfOursIsNotOfferedToLarge() {
        assertThat(after(new IllegalStateException("bug"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "n, small_lacks_n",
        "tools, small_lacks_tools",
        "tools[3].type, small_lacks_tools",
        "messages[0].content[1].type, small_lacks_messages",
        "made_up_by_a_client, small_lacks_field",
        "'X-Injected: 1', small_lacks_field"
    })
    void theReasonNamesWhatSmallLacks(String field, String reason) {
        var cannot = new Failure.UnsupportedByUpstream("small", field, "it has no words for it");

        assertThat(after(cannot.asException()).orElseThrow().reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "400, context_length_exceeded, This model's maximum context length is 8192 tokens, too_long",
        "404, model_not_found, The model 'x' does not exist, small_unavailable",
        "400, '', registry.ollama.ai/library/x does not support tools, small_refused",
        "408, '', Timed out, small_unavailable"
    })
    void whatIsOnlySmallsLimitGoesToLarge(int status, String code, String words, String reason) {
        assertThat(after(rejected(status, code, words).asException())
                        .orElseThrow()
                        .reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "400, content_policy_violation, Your prompt was refused",
        "400, '', messages: roles must alternate",
        "422, '', temperature: Input should be less than 2"
    })
    void whatIsTheRequestsOwnFaultDoesNot(int status, String code, String words) {
        assertThat(after(rejected(status, code, words).asException())).isEmpty();
    }

    private static Optional<Decision> after(Throwable error) {
        return StandIn.grounds("large", TO_SMALL, error);
    }

    private static Failure rejected(int status, String code, String words) {
        var body = "{\"error\":{\"message\":\"%s\",\"code\":\"%s\"}}".formatted(words, code);
        return new Failure.UpstreamRejected("small", status, ErrorShape.OPENAI, body.getBytes(UTF_8), words);
    }
}
