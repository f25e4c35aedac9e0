package pointsman.fleet;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.testing.Chat;
import pointsman.testing.Defaults;
import pointsman.testing.FakeUpstream;
import pointsman.testing.Requests;
import pointsman.testing.SampleModel;

/// The road to a model that is a real server, and misbehaves.
@Timeout(30)
class DispatcherTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Caller ACME = new Caller("acme", Caller.Work.CHAT);

    private final FakeUpstream upstream = FakeUpstream.start();
    private final SampleModel sample = SampleModel.named("large");
    private final Model model = sample.at(upstream.baseUrl());

    @AfterEach
    void closeUpstream() throws Exception {
        upstream.close();
    }

    @Test
    void aBufferedAnswerIsOnePart() {
        var parts = send(Chat.ask("auto", "Hi"));

        assertThat(parts).singleElement().isInstanceOf(AnswerPart.Whole.class);
        assertThat(parts.getFirst().usage()).isPresent();
    }

    @Test
    void aStreamsLastPartSaysThatNothingIsMissing() {
        var parts = send(Chat.stream("auto", "Hi"));

        assertThat(parts.getLast().isLast()).isTrue();
        assertThat(parts.getLast().characters()).isPositive();
    }

    @Test
    void theSameBytesAreSentInEveryAttempt() {
        send(Chat.ask("auto", "[[mode:fail-then-ok:1,503]]"));

        assertThat(upstream.calls())
                .hasSize(2)
                .extracting(call -> call.json())
                .containsOnly(upstream.calls().getFirst().json());
    }

    @ParameterizedTest
    @CsvSource({"reset-before-headers, 3", "close-before-headers, 3", "html-200, 1", "garbage-json, 1", "redirect, 1"})
    void onlyWhatMayPassIsTriedAgain(String mode, int attempts) {
        failure(Chat.ask("auto", Chat.mode(mode)));

        assertThat(upstream.calls()).hasSize(attempts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset-mid-stream", "close-mid-stream", "end-mid-stream", "bad-chunk"})
    void whatBreaksAfterItsFirstPartIsBrokenAndNotTriedAgain(String mode) {
        assertThat(failure(Chat.stream("auto", Chat.mode(mode)))).isInstanceOf(Failure.StreamBroken.class);

        assertThat(upstream.calls()).hasSize(1);
    }

    @Test
    void silenceIsATimeout() {
        var hurried = sample.limited("pointsman.upstreams.first-byte-timeout=200ms");

        assertThat(failure(hurried.at(upstream.baseUrl()), Chat.stream("auto", Chat.mode("hang"))))
                .isInstanceOf(Failure.UpstreamTimeout.class);
    }

    @Test
    void aFullHouseIsToldAtOnce() {
        var narrow = sample.limited("pointsman.upstreams.max-concurrent=1").at(upstream.baseUrl());
        var dispatcher = dispatcher();
        var first = dispatcher.send(outbound(narrow, Chat.stream("auto", Chat.mode("hang-mid-stream"))), ACME);

        var refusal = first.take(1)
                .concatMap(_ -> dispatcher.send(outbound(narrow, Chat.ask("auto", "Hi")), ACME))
                .collectList();

        assertThat(catchThrowableOfType(FailureException.class, () -> refusal.block(LIMIT))
                        .failure())
                .isInstanceOf(Failure.Overloaded.class);
    }

    @Test
    void aLocalModelThatIsNotUpIsNotCalled() {
        var starting = new Health() {
            @Override
            public boolean isUp() {
                return false;
            }

            @Override
            public boolean isSettled() {
                return false;
            }

            @Override
            public boolean takesTools() {
                return false;
            }
        };
        var down = SampleModel.named("large").withHealth(starting).at(upstream.baseUrl());

        var parts = dispatcher().send(down.open(ACME, Requests.chat(Chat.ask("auto", "Hi")), Map.of()), ACME);

        assertThat(catchThrowableOfType(FailureException.class, () -> parts.blockLast(LIMIT))
                        .failure())
                .isInstanceOf(Failure.UpstreamUnavailable.class);
        assertThat(upstream.acceptedConnections()).isZero();
    }

    private List<AnswerPart> send(String body) {
        return requireNonNull(
                dispatcher().send(outbound(model, body), ACME).collectList().block(LIMIT));
    }

    private Failure failure(String body) {
        return failure(model, body);
    }

    private static Failure failure(Model of, String body) {
        var parts = dispatcher().send(outbound(of, body), ACME);
        return catchThrowableOfType(FailureException.class, () -> parts.blockLast(LIMIT))
                .failure();
    }

    private static Outbound outbound(Model of, String body) {
        return of.open(ACME, Requests.chat(body), Map.of());
    }

    private static Dispatcher dispatcher() {
        return new Dispatcher(
                new Models(
                        List.of(),
                        List.of(),
                        List.of(),
                        (_, id) -> SampleModel.named(id).model()),
                Defaults.of("pointsman.upstreams", CallProperties.class),
                new SimpleMeterRegistry());
    }
}
