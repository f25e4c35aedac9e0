package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pointsman.failure.Failure;
import pointsman.fleet.pace.AdaptiveLimit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class LoadTest {
    private final AtomicLong nanos = new AtomicLong(1);
    private final Load load = new Load(2, new AdaptiveLimit(4, 256), nanos::get);

    @Test
    void aCallCountsWhileItLasts() {
        var call = load.watch(Flux.never()).subscribe();

        assertThat(load.perWeight()).isEqualTo(1);

        call.dispose();
        assertThat(load.perWeight()).isEqualTo(0.5);
    }

    @Test
    void whoBearsTwiceTheWeightIsLoadedHalfAsMuch() {
        var light = new Load(1, new AdaptiveLimit(4, 256), nanos::get);

        assertThat(load.perWeight()).isEqualTo(light.perWeight() / 2);
    }

    @Test
    void theTimeToTheFirstPartIsAveraged() {
        answer(Duration.ofMillis(100));
        answer(Duration.ofMillis(200));

        assertThat(load.firstPartMillis()).isCloseTo(100 + 0.2 * 100, within(1e-9));
    }

    @Test
    void onlyTheFirstPartIsTimed() {
        Flux.from(load.watch(Flux.just("a", "b").doOnNext(part -> nanos.addAndGet(part.equals("b") ? 9_000_000 : 0))))
                .blockLast();

        assertThat(load.firstPartMillis()).isZero();
    }

    @Test
    void whoFailsIsTrustedWithTheLeastShare() {
        fail(new Failure.UpstreamUnavailable("large", "reset", Duration.ofSeconds(1)));

        assertThat(load.perWeight()).isCloseTo(0.5 / 0.1, within(1e-9));
    }

    @Test
    void whoFailedIsTriedAgainAfterARest() {
        fail(new Failure.UpstreamError("large", 502));

        nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        assertThat(load.perWeight()).isCloseTo(0.5 / 0.1, within(1e-9));
        nanos.addAndGet(1);
        assertThat(load.perWeight()).isEqualTo(0.5);
    }

    @Test
    void aRequestsOwnFaultIsNobodysFailure() {
        fail(new Failure.Overloaded("large", 1));

        assertThat(load.perWeight()).isEqualTo(0.5);
    }

    @Test
    void whoComesBackIsTrustedLittleByLittle() {
        fail(new Failure.UpstreamError("large", 502));
        answer(Duration.ZERO);

        assertThat(load.perWeight()).isCloseTo(0.5 / 0.1, within(1e-9));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(load.perWeight()).isCloseTo(0.5 / 0.5, within(1e-9));
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(load.perWeight()).isEqualTo(0.5);
    }

    private void answer(Duration after) {
        var parts = Sinks.many().unicast().<String>onBackpressureBuffer();
        load.watch(parts.asFlux()).subscribe();
        nanos.addAndGet(after.toNanos());
        parts.tryEmitNext("a").orThrow();
        parts.tryEmitComplete().orThrow();
    }

    private void fail(Failure failure) {
        load.watch(Flux.error(failure.asException())).onErrorComplete().blockLast();
    }
}
