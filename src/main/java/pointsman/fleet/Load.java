package pointsman.fleet;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import reactor.core.publisher.Flux;

/// What a deployment has in flight, and how well it does: by this its share of the next calls is judged.
///
/// One that comes back after a rest is trusted little by little: its weight grows over [#RAMP_NANOS], so
/// that a server that has just come up is not met by all that waited for it.
final class Load {
    private static final long RAMP_NANOS = 10_000_000_000L;
    private static final double LEAST_SHARE = 0.1;
    private static final double NEW_SHARE = 0.2;

    private final int weight;
    private final LongSupplier nanoTime;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean rested;
    private volatile long backSinceNanos;
    private volatile double firstPartMillis;

    /// @param weight that is configured
    /// @param nanoTime a clock in nanoseconds that only goes forward
    Load(int weight, LongSupplier nanoTime) {
        this.weight = weight;
        this.nanoTime = nanoTime;
    }

    /// Counts a call while it lasts, and how it does.
    <T> Flux<T> watch(Flux<T> parts) {
        return Flux.defer(() -> {
            var startNanos = nanoTime.getAsLong();
            var spoke = new AtomicBoolean();
            inFlight.incrementAndGet();
            return parts.doOnNext(_ -> {
                        if (spoke.compareAndSet(false, true)) {
                            spoke(nanoTime.getAsLong() - startNanos);
                        }
                    })
                    .doOnError(Breakers::isTheUpstreamsFailure, _ -> rests())
                    .doFinally(_ -> inFlight.decrementAndGet());
        });
    }

    /// The first part of an answer came after this time.
    private void spoke(long nanos) {
        answered();
        var millis = nanos / 1e6;
        var before = firstPartMillis;
        firstPartMillis = before == 0 ? millis : before + NEW_SHARE * (millis - before);
    }

    /// It failed, and rests.
    private void rests() {
        rested = true;
    }

    /// It is asked again: a rest is over with the first answer.
    private void answered() {
        if (rested) {
            rested = false;
            backSinceNanos = nanoTime.getAsLong();
        }
    }

    /// How much one more call would load it, by its weight.
    double perWeight() {
        return (inFlight.get() + 1) / (weight * trust());
    }

    /// The usual time to its first part, in milliseconds; 0 if it is not known yet.
    double firstPartMillis() {
        return firstPartMillis;
    }

    private double trust() {
        var since = backSinceNanos;
        if (rested) {
            return LEAST_SHARE;
        }
        return since == 0 ? 1 : Math.clamp((double) (nanoTime.getAsLong() - since) / RAMP_NANOS, LEAST_SHARE, 1);
    }
}
