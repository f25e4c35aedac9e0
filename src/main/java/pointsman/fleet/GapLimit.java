package pointsman.fleet;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.reactivestreams.Publisher;
import pointsman.failure.Failure;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Limits the silence of an upstream: the time to its first part, and between two parts. Only time in which somebody
/// waits for a part counts. A client that reads slowly makes no demand meanwhile, and its upstream is not to blame.
final class GapLimit {
    private final Duration gap;
    private final AtomicLong demand = new AtomicLong();
    private volatile long waitingSinceNanos = System.nanoTime();

    private GapLimit(Duration gap) {
        this.gap = gap;
    }

    /// Ends the parts with this failure when one keeps those who wait for it waiting longer than its limit. Other
    /// timeouts, such as the pool's, pass as they are.
    static <T> Flux<T> apply(Flux<T> parts, Duration first, Duration gap, Failure late) {
        return Flux.defer(() -> {
            var limit = new GapLimit(gap);
            return parts.doOnRequest(limit::requested)
                    .doOnNext(_ -> limit.emitted())
                    .timeout(Mono.delay(first), _ -> limit.silence(gap), Flux.error(late::asException));
        });
    }

    private void requested(long parts) {
        if (demand.getAndAccumulate(parts, GapLimit::cappedSum) == 0) {
            waitingSinceNanos = System.nanoTime();
        }
    }

    private void emitted() {
        demand.updateAndGet(parts -> parts == Long.MAX_VALUE ? parts : parts - 1);
        waitingSinceNanos = System.nanoTime();
    }

    /// Fires once somebody has waited for as long as the limit.
    private Publisher<?> silence(Duration rest) {
        return Mono.delay(rest).flatMap(_ -> {
            var waited = demand.get() == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - waitingSinceNanos);
            return waited.compareTo(gap) >= 0 ? Mono.just(gap) : Mono.from(silence(gap.minus(waited)));
        });
    }

    private static long cappedSum(long left, long right) {
        var sum = left + right;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
