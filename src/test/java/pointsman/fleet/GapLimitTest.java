package pointsman.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final Map<String, RawPart> WORDS = new ConcurrentHashMap<>();
    private static final Part COMMENT = event(false, false), CALL = event(true, true);

    private final AtomicLong nanos = new AtomicLong();
    private final ManualTimer timer = new ManualTimer(nanos);
    private final Sinks.Many<Part> upstream = Sinks.many().unicast().onBackpressureBuffer();

    @Test
    void silenceBeforeTheFirstPartEndsIt() {
        StepVerifier.create(limited(Flux.<Part>never()))
                .expectSubscription()
                .then(() -> timer.advance(FIRST))
                .verifyErrorSatisfies(GapLimitTest::isLate);
    }

    @Test
    void whoIsSlowToBeginHasMoreTimeThanBetweenTwoParts() {
        StepVerifier.create(limited(upstream.asFlux()))
                .expectSubscription()
                .then(() -> timer.advance(GAP.plus(GAP)))
                .then(() -> upstream.tryEmitNext(word("part")))
                .expectNext(word("part"))
                .then(upstream::tryEmitComplete)
                .verifyComplete();
    }

    @Test
    void silenceAfterAPartEndsIt() {
        StepVerifier.create(limited(upstream.asFlux()))
                .then(() -> upstream.tryEmitNext(word("part")))
                .expectNext(word("part"))
                .then(() -> timer.advance(GAP))
                .verifyErrorSatisfies(GapLimitTest::isLate);
    }

    @Test
    void partsThatKeepComingMayTakeAsLongAsTheyLike() {
        StepVerifier.create(limited(upstream.asFlux()))
                .then(() -> upstream.tryEmitNext(word("one")))
                .then(() -> timer.advance(GAP.dividedBy(2)))
                .then(() -> upstream.tryEmitNext(word("two")))
                .then(() -> timer.advance(GAP.dividedBy(2)))
                .then(() -> upstream.tryEmitNext(word("three")))
                .then(() -> timer.advance(GAP.dividedBy(2)))
                .then(upstream::tryEmitComplete)
                .expectNext(word("one"), word("two"), word("three"))
                .verifyComplete();
    }

    @Test
    void aReaderThatWantsNothingMakesNobodyLate() {
        StepVerifier.create(limited(upstream.asFlux()), 1)
                .then(() -> upstream.tryEmitNext(word("one")))
                .expectNext(word("one"))
                .then(() -> timer.advance(GAP.multipliedBy(10)))
                .thenRequest(1)
                .then(() -> upstream.tryEmitNext(word("two")))
                .expectNext(word("two"))
                .thenCancel()
                .verify();
    }

    @Test
    void anotherTimeoutIsNotTakenForSilence() {
        StepVerifier.create(limited(Flux.<Part>error(new TimeoutException("the pool's"))))
                .verifyError(TimeoutException.class);
    }

    @Test
    void aCommentIsNoLife() {
        StepVerifier.create(limited(upstream.asFlux()))
                .then(() -> upstream.tryEmitNext(word("one")))
                .expectNext(word("one"))
                .then(() -> timer.advance(GAP.dividedBy(2)))
                .then(() -> upstream.tryEmitNext(COMMENT))
                .expectNext(COMMENT)
                .then(() -> timer.advance(GAP.dividedBy(2)))
                .verifyErrorSatisfies(GapLimitTest::isLate);
    }

    @Test
    void theArgumentsOfACallMayTakeLonger() {
        StepVerifier.create(limited(upstream.asFlux()))
                .then(() -> upstream.tryEmitNext(CALL))
                .expectNext(CALL)
                .then(() -> timer.advance(GAP.multipliedBy(3)))
                .then(() -> upstream.tryEmitNext(word("one")))
                .expectNext(word("one"))
                .then(upstream::tryEmitComplete)
                .verifyComplete();
    }

    private static RawPart word(String text) {
        return WORDS.computeIfAbsent(text, _ -> new RawPart(new RawPart.Head(200, ""), text.getBytes(UTF_8)));
    }

    private static AnswerPart.Events event(boolean speaks, boolean isCalling) {
        return new AnswerPart.Events(new byte[0], 0, Optional.empty(), false, speaks, isCalling, Optional::empty);
    }

    private <T extends Part> Flux<T> limited(Flux<T> parts) {
        return Flux.defer(() -> new GapLimit(FIRST, GAP, nanos::get).over(parts, LATE, timer));
    }

    private static void isLate(Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        late -> assertThat(late.failure()).isEqualTo(LATE));
    }
}
