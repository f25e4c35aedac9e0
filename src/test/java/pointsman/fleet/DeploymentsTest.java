package pointsman.fleet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.testing.Call;
import pointsman.testing.Chat;
import pointsman.testing.Completions;
import pointsman.testing.Defaults;
import pointsman.testing.FakeUpstream;
import pointsman.testing.Requests;
import pointsman.testing.SampleModel;
import pointsman.testing.Script;

/// The road to a model with two deployments, or two keys.
@Timeout(30)
class DeploymentsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Caller ACME = new Caller("acme", Caller.Work.CHAT);
    private static final SampleModel SAMPLE = SampleModel.named("large");

    private final FakeUpstream first = FakeUpstream.start();
    private final FakeUpstream second = FakeUpstream.start();
    private final Model twice = SAMPLE.at(first.baseUrl(), second.baseUrl());
    private final Model twoKeys = SAMPLE.withKeys("sk-1", "sk-2").at(first.baseUrl());
    private final Dispatcher dispatcher = new Dispatcher(
            new Models(
                    List.of(twice),
                    List.of(),
                    List.of(),
                    (_, id) -> SampleModel.named(id).model()),
            Defaults.of("pointsman.upstreams", CallProperties.class),
            new SimpleMeterRegistry());

    @BeforeEach
    void letTheSecondAnswerWell() {
        first.on("here", "ok");
        second.on("here", "ok");
    }

    @AfterEach
    void closeUpstreams() throws Exception {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"reset-before-headers", "close-before-headers", "html-200", "html-502", "garbage-json", "429"})
    void whatOneFailsAtBeforeTheFirstPartTheNextAnswers(String mode) {
        first.on("here", mode);
        var outbound = outbound(twice, Chat.ask("auto", Chat.mode("here")));

        var parts = send(outbound);

        assertThat(parts).singleElement().isInstanceOf(AnswerPart.Whole.class);
        assertThat(outbound.deployment().name()).isEqualTo("large@2");
        assertThat(first.calls()).hasSize(1);
        assertThat(second.calls()).hasSize(1);
    }

    @Test
    void aServerThatIsGoneIsNoMatter() throws Exception {
        first.close();

        assertThat(send(outbound(twice, Chat.stream("auto", "Hi"))).getLast().isLast())
                .isTrue();
    }

    @Test
    void whoFailedIsNotAskedFirstNextTime() {
        first.on("here", "reset-before-headers");
        send(outbound(twice, Chat.ask("auto", Chat.mode("here"))));

        send(outbound(twice, Chat.ask("auto", Chat.mode("here"))));

        assertThat(first.calls()).hasSize(1);
        assertThat(second.calls()).hasSize(2);
    }

    @Test
    void afterTheFirstPartNobodyElseIsAsked() {
        first.on("here", "reset-mid-stream");

        assertThat(failure(twice, Chat.stream("auto", Chat.mode("here")))).isInstanceOf(Failure.StreamBroken.class);

        assertThat(second.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void theRequestsOwnFaultIsToldOnce(int status) {
        first.on("here", (exchange, _) -> exchange.json(status, Completions.error("roles must alternate")));

        assertThat(failure(twice, Chat.ask("auto", Chat.mode("here")))).isInstanceOf(Failure.UpstreamRejected.class);

        assertThat(second.calls()).isEmpty();
    }

    @Test
    void aModelThatOnePlaceDoesNotHaveTheOtherMay() {
        first.on("here", (exchange, _) -> exchange.json(404, Completions.error("The model 'tiny' does not exist")));

        assertThat(send(outbound(twice, Chat.ask("auto", Chat.mode("here"))))).hasSize(1);
    }

    @Test
    void whereAllFailTheLastOneIsTold() {
        first.on("here", "html-502");
        second.on("here", "reset-before-headers");

        assertThat(failure(twice, Chat.ask("auto", Chat.mode("here"))))
                .isEqualTo(new Failure.UpstreamUnavailable("large@2", "the connection was lost", CallFailure.SOON));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 429})
    void aKeyThatIsRefusedRestsAndTheNextIsUsed(int status) {
        first.on("here", refusing("sk-1", status));

        send(outbound(twoKeys, Chat.ask("auto", Chat.mode("here"))));
        send(outbound(twoKeys, Chat.ask("auto", Chat.mode("here"))));

        assertThat(first.calls()).extracting(DeploymentsTest::key).containsExactly("sk-1", "sk-2", "sk-2");
    }

    @Test
    void keysTakeTurns() {
        send(outbound(twoKeys, Chat.ask("auto", "Hi")));
        send(outbound(twoKeys, Chat.ask("auto", "Hi")));

        assertThat(first.calls()).extracting(DeploymentsTest::key).containsExactly("sk-1", "sk-2");
    }

    @Test
    void aConversationKeepsItsKey() {
        var later = "{\"model\": \"auto\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"},"
                + " {\"role\": \"assistant\", \"content\": \"Hello\"}, {\"role\": \"user\", \"content\": \"So?\"}]}";

        send(outbound(twoKeys, later));
        send(outbound(twoKeys, later));

        assertThat(first.calls())
                .extracting(DeploymentsTest::key)
                .hasSize(2)
                .containsOnly(key(first.calls().getFirst()));
    }

    @Test
    void whereEveryKeyIsRefusedTheLastRefusalIsTold() {
        first.on("here", (exchange, _) -> exchange.json(401, Completions.error("No.")));

        assertThat(failure(twoKeys, Chat.ask("auto", Chat.mode("here")))).isInstanceOf(Failure.UpstreamAuth.class);

        assertThat(first.calls()).hasSize(2);
    }

    @Test
    void whileEveryKeyRestsNobodyIsAsked() {
        first.on("here", (exchange, _) -> exchange.json(401, Completions.error("No.")));
        failure(twoKeys, Chat.ask("auto", Chat.mode("here")));

        assertThat(failure(twoKeys, Chat.ask("auto", Chat.mode("here"))))
                .isInstanceOf(Failure.UpstreamUnavailable.class);

        assertThat(first.calls()).hasSize(2);
    }

    private static Script refusing(String key, int status) {
        return (exchange, _) -> {
            if (key(exchange.call()).equals(key)) {
                exchange.json(status, Completions.error("Not with this key."));
            } else {
                exchange.json(200, Completions.buffered("tiny", Completions.quoted("yes")));
            }
        };
    }

    private static String key(Call call) {
        return call.header("authorization").getFirst().substring("Bearer ".length());
    }

    private static Outbound outbound(Model model, String body) {
        return model.open(ACME, Requests.chat(body), Map.of());
    }

    private List<AnswerPart> send(Outbound outbound) {
        return requireNonNull(dispatcher.send(outbound, ACME).collectList().block(LIMIT));
    }

    private Failure failure(Model model, String body) {
        var parts = dispatcher.send(outbound(model, body), ACME);
        return catchThrowableOfType(FailureException.class, () -> parts.blockLast(LIMIT))
                .failure();
    }
}
