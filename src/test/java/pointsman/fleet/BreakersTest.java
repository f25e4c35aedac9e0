package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pointsman.failure.ErrorShape;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.Caller.Work;
import pointsman.testing.Eventually;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class BreakersTest {
    private static final Caller CHATS = new Caller("a", Work.CHAT);
    private static final Duration LONG = Duration.ofHours(1);

    private final Breakers breakers = breakers(LONG);

    @Test
    void whatOneTenantSeesFailClosesNothingToAnother() {
        fail(breakers.of(CHATS, "large"), 10);

        assertThat(breakers.of(CHATS, "large").getState()).isEqualTo(State.OPEN);
        assertThat(breakers.of(new Caller("b", Work.CHAT), "large").getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void whatAJobSeesFailClosesNothingToItsTenantsChats() {
        fail(breakers.of(new Caller("a", Work.JOB), "large"), 10);

        assertThat(breakers.of(CHATS, "large").getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void whatFailsAtOneUpstreamClosesNoOther() {
        fail(breakers.of(CHATS, "large"), 10);

        assertThat(breakers.of(CHATS, "small").getState()).isEqualTo(State.CLOSED);
        assertThat(breakers.areClosed("small")).isTrue();
        assertThat(breakers.areClosed("large")).isFalse();
    }

    @Test
    void itBecomesHalfOpenWithoutACall() throws Exception {
        var breaker = breakers(Duration.ofMillis(50)).of(CHATS, "large");

        fail(breaker, 10);

        Eventually.holds("it is half-open", Duration.ofSeconds(10), () -> breaker.getState() == State.HALF_OPEN);
    }

    @Test
    void threeProbesDecide() {
        var breaker = breakers.of(CHATS, "large");
        fail(breaker, 10);
        breaker.transitionToHalfOpenState();

        var probes = IntStream.range(0, 10)
                .filter(_ -> breaker.tryAcquirePermission())
                .count();
        IntStream.range(0, 3).forEach(_ -> breaker.onSuccess(1, TimeUnit.MILLISECONDS));

        assertThat(probes).isEqualTo(3);
        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void aProbeCountsAtItsFirstPart() {
        var breaker = breakers.of(CHATS, "large");
        fail(breaker, 10);
        breaker.transitionToHalfOpenState();

        for (int probe = 0; probe < 3; probe++) {
            StepVerifier.create(breakers.guard(breaker, Flux.just("first").concatWith(Flux.never())))
                    .expectNext("first")
                    .thenCancel()
                    .verify();
        }

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
    }

    @Test
    void whoeverLeavesBeforeTheFirstPartHasSeenNothing() {
        var breaker = breakers.of(CHATS, "large");

        StepVerifier.create(breakers.guard(breaker, Flux.never())).thenCancel().verify();

        assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void whoeverIsKeptAwayIsToldTheTimeThatIsLeft() {
        var breaker = breakers.of(CHATS, "large");
        fail(breaker, 10);

        var left = breakers.leftAlone(breaker).failure().retryAfter().orElseThrow();

        assertThat(left).isLessThanOrEqualTo(LONG).isGreaterThan(LONG.minusMinutes(1));
    }

    @Test
    void whoeverIsKeptAwayFromAHalfOpenOneIsToldToComeSoon() {
        var breaker = breakers.of(CHATS, "large");
        fail(breaker, 10);
        breaker.transitionToHalfOpenState();

        assertThat(breakers.leftAlone(breaker).failure().retryAfter()).contains(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @MethodSource
    void whatARequestMayHaveCausedDoesNotCount(Throwable error) {
        assertThat(Breakers.isTheUpstreamsFailure(error)).isFalse();
    }

    static Stream<Throwable> whatARequestMayHaveCausedDoesNotCount() {
        return Stream.of(
                new Failure.UpstreamRejected("large", 400, ErrorShape.OPENAI, new byte[0], "no").asException(),
                new Failure.UpstreamAuth("large", 401).asException(),
                new Failure.UpstreamAuth("large", 403).asException(),
                new Failure.UpstreamError("large", 402).asException(),
                new Failure.UpstreamError("large", 451).asException(),
                new Failure.UpstreamInvalidAnswer("large", "its arguments are no JSON").asException(),
                new Failure.StreamBroken("large", "it reported an error").asException(),
                broken(new Failure.UpstreamInvalidAnswer("large", "no JSON").asException()),
                broken(new Failure.StreamBroken("large", "it reported an error").asException()),
                new Failure.UnsupportedByUpstream("large", "n", "none").asException(),
                new IllegalStateException("a bug of ours"));
    }

    @ParameterizedTest
    @MethodSource
    void whatAnUpstreamDoesToWhoeverAsksCounts(Throwable error) {
        assertThat(Breakers.isTheUpstreamsFailure(error)).isTrue();
    }

    static Stream<Throwable> whatAnUpstreamDoesToWhoeverAsksCounts() {
        return Stream.of(
                new IOException("reset"),
                new Failure.UpstreamError("large", 500).asException(),
                new Failure.UpstreamUnavailable("large", "it says 503", Duration.ofSeconds(1)).asException(),
                new Failure.UpstreamTimeout("large", "answer", LONG).asException(),
                broken(new IOException("reset")),
                broken(new Failure.UpstreamTimeout("large", "event", LONG).asException()));
    }

    private static FailureException broken(Throwable cause) {
        return new Failure.StreamBroken("large", "the connection was lost").asException(cause);
    }

    private static void fail(CircuitBreaker breaker, int times) {
        IntStream.range(0, times).forEach(_ -> breaker.onError(1, TimeUnit.MILLISECONDS, new IOException("reset")));
    }

    private static Breakers breakers(Duration openFor) {
        return new Breakers(new CallProperties.Breaker(20, 50, openFor), new SimpleMeterRegistry());
    }
}
