package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.testing.ManualTimer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class GapLimitTest {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration GAP = Duration.ofSeconds(2);
    private static final Failure LATE = new Failure.UpstreamTimeout("large", "first event", FIRST);

    private final AtomicLong nanos = new AtomicLong();
    private final ManualTimer timer = new ManualTimer(nanos);
    private final Sinks.Many<String> upstream = Sinks.many().unicast().onBackpressureBuffer();

    @Test
    void silenceBeforeTheFirstPartEndsIt() {
        StepVerifier.create(limited(Flux.never()))
                .expectSubscription()
                .then(() -> timer.advance(FIRST))
                .verifyErrorSatisfies(GapLimitTest::isLate);
    }

    @Test
    void whoIsSlowToBeginHasMoreTimeThanBetweenTwoParts() {
        StepVerifier.create(limited(upstream.asFlux()))
                .expectSubscription()
                .then(() -> timer.advance(GAP.plus(GAP)))
                .then(() -> upstream.tryEmitNext("part"))
                .expectNext("part")
                .then(upstream::tryEmitComplete)
                .verifyComplete();
    }

    @Test
    void silenceAfterAPartEndsIt() {
        StepVerifier.create(limited(upstream.asFlux()))
                .then(() -> upstream.tryEmitNext("part"))
                .expectNext("part")
                .then(() -> timer.advance(GAP))
                .verifyErrorSatisfies(GapLimitTest::isLate);
    }

    @Test
    void partsThatKeepComingMayTakeAsLongAsTheyLike() {
        StepVerifier.create(limited(upstream.asFlux()))
                .then(() -> upstream.tryEmitNext("one"))
                .then(() -> timer.advance(GAP.dividedBy(2)))
                .then(() -> upstream.tryEmitNext("two"))
                .then(() -> timer.advance(GAP.dividedBy(2)))
                .then(() -> upstream.tryEmitNext("three"))
                .then(() -> timer.advance(GAP.dividedBy(2)))
                .then(upstream::tryEmitComplete)
                .expectNext("one", "two", "three")
                .verifyComplete();
    }

    @Test
    void aReaderThatWantsNothingMakesNobodyLate() {
        StepVerifier.create(limited(upstream.asFlux()), 1)
                .then(() -> upstream.tryEmitNext("one"))
                .expectNext("one")
                .then(() -> timer.advance(GAP.multipliedBy(10)))
                .thenRequest(1)
                .then(() -> upstream.tryEmitNext("two"))
                .expectNext("two")
                .thenCancel()
                .verify();
    }

    @Test
    void anotherTimeoutIsNotTakenForSilence() {
        StepVerifier.create(limited(Flux.error(new TimeoutException("the pool's"))))
                .verifyError(TimeoutException.class);
    }

    private <T> Flux<T> limited(Flux<T> parts) {
        return Flux.defer(() -> new GapLimit(FIRST, GAP, nanos::get).over(parts, LATE, timer));
    }

    private static void isLate(Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        late -> assertThat(late.failure()).isEqualTo(LATE));
    }
}
