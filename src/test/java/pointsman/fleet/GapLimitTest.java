package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class GapLimitTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Failure LATE = new Failure.UpstreamTimeout("large", "first event", LIMIT);

    @Test
    void silenceBeforeTheFirstPartEndsIt() {
        StepVerifier.withVirtualTime(() -> GapLimit.apply(Flux.never(), LIMIT, LIMIT, LATE))
                .expectSubscription()
                .thenAwait(LIMIT)
                .verifyErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                FailureException.class,
                                late -> assertThat(late.failure()).isEqualTo(LATE)));
    }

    @Test
    void anotherTimeoutIsNotTakenForSilence() {
        StepVerifier.create(GapLimit.apply(Flux.error(new TimeoutException("the pool's")), LIMIT, LIMIT, LATE))
                .verifyError(TimeoutException.class);
    }
}
