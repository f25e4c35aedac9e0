package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.dialect.UpstreamDialect;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.testing.Chat;
import pointsman.testing.Defaults;
import pointsman.testing.FakeUpstream;
import pointsman.testing.Requests;
import pointsman.testing.SampleModel;
import reactor.core.publisher.Flux;

/// The wire to one provider: what it says becomes an answer or a failure, at the first attempt.
@Timeout(30)
class UpstreamClientTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Caller ACME = new Caller("acme", Caller.Work.CHAT);

    private final FakeUpstream upstream = FakeUpstream.start();
    private final SampleModel sample = SampleModel.named("large");

    @AfterEach
    void closeUpstream() throws Exception {
        upstream.close();
    }

    @Test
    void theProviderSeesItsOwnKey() {
        call(sample, Chat.ask("auto", "Hi")).blockLast(LIMIT);

        assertThat(upstream.onlyCall().header("authorization")).containsExactly("Bearer sk-secret");
    }

    @ParameterizedTest
    @CsvSource({
        "400, UpstreamRejected",
        "422, UpstreamRejected",
        "401, UpstreamAuth",
        "403, UpstreamAuth",
        "500, UpstreamError",
        "502, UpstreamError",
        "503, UpstreamUnavailable",
        "529, UpstreamUnavailable"
    })
    void aStatusIsAFailureOfItsKind(int status, String kind) {
        assertThat(failure(sample, "[[mode:status:%d]]".formatted(status))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(kind);
    }

    @Test
    void whoIsAskedToSlowDownSaysForHowLong() {
        assertThat(failure(sample, "[[mode:429:9]]").retryAfter()).contains(Duration.ofSeconds(9));
    }

    @Test
    void whatAnEngineOfOursCannotServeIsTheRequestsMatter() {
        var engine = sample.speaking(UpstreamDialect.LLAMA_CPP);

        assertThat(failure(engine, "[[mode:status:500]]")).isInstanceOf(Failure.UpstreamRejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"html-200", "garbage-json", "truncated-json", "json-array", "empty-body"})
    void whatIsNoAnswerIsInvalid(String mode) {
        assertThat(failure(sample, Chat.mode(mode))).isInstanceOf(Failure.UpstreamInvalidAnswer.class);
    }

    @Test
    void nobodyIsSentElsewhere() {
        assertThat(failure(sample, "[[mode:redirect:http://127.0.0.1:1/]]")).isInstanceOf(Failure.UpstreamError.class);
        assertThat(upstream.calls()).hasSize(1);
    }

    @Test
    void anAnswerBeyondTheLimitIsCutOff() {
        var parts =
                call(sample, Chat.stream("auto", "[[mode:huge-line:400000]]"), "pointsman.upstreams.max-answer=2000B");

        assertThat(catchThrowableOfType(FailureException.class, () -> parts.blockLast(LIMIT))
                        .failure())
                .isInstanceOf(Failure.UpstreamInvalidAnswer.class);
    }

    private Failure failure(SampleModel of, String prompt) {
        var parts = call(of, Chat.ask("auto", prompt));
        return catchThrowableOfType(FailureException.class, () -> parts.blockLast(LIMIT))
                .failure();
    }

    private Flux<AnswerPart> call(SampleModel of, String body, String... properties) {
        var model = of.at(upstream.baseUrl());
        var to = model.deployments().getFirst();
        var client =
                new UpstreamClient(to.provider(), Defaults.of("pointsman.upstreams", CallProperties.class, properties));
        var request = Requests.chat(body);
        var outbound = model.open(ACME, request, Map.of());
        var key = to.provider().keys().first();
        return client.call(new UpstreamClient.Attempt(to, outbound.to(to), key, request.stream(), 1));
    }
}
