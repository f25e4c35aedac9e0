package pointsman.fleet;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import pointsman.fleet.pace.AdaptiveLimit;
import reactor.core.publisher.Flux;

/// What a deployment has in flight, and how well it does: by this its share of the next calls is judged.
///
/// One that failed rests for [#RAMP_NANOS]: hardly anybody is sent to it, then it is tried as if nothing
/// had been, or it would never be found well again where few calls come. One that comes back after a rest
/// is trusted little by little: its weight grows over the same time, so that a server that has just come up
/// is not met by all that waited for it.
final class Load {
    private static final long RAMP_NANOS = 10_000_000_000L;
    private static final double LEAST_SHARE = 0.1;
    private static final double NEW_SHARE = 0.2;

    private final int weight;
    private final AdaptiveLimit limit;
    private final LongSupplier nanoTime;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean rested;
    private volatile boolean hasFailed;
    private volatile long sinceNanos;
    private volatile double firstPartMillis;

    /// @param weight that is configured
    /// @param limit how many calls it bears at once
    /// @param nanoTime a clock in nanoseconds that only goes forward
    Load(int weight, AdaptiveLimit limit, LongSupplier nanoTime) {
        this.weight = weight;
        this.limit = limit;
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
        limit.spoke(Duration.ofNanos(nanos), inFlight.get());
        var millis = nanos / 1e6;
        var before = firstPartMillis;
        firstPartMillis = before == 0 ? millis : before + NEW_SHARE * (millis - before);
    }

    /// It failed, and rests.
    private void rests() {
        sinceNanos = nanoTime.getAsLong();
        hasFailed = true;
        rested = true;
    }

    /// It is asked again: a rest is over with the first answer.
    private void answered() {
        if (rested) {
            rested = false;
            sinceNanos = nanoTime.getAsLong();
        }
    }

    /// Whether it bears another call, by how soon it speaks.
    boolean bearsMore() {
        return limit.mayEnter(inFlight.get());
    }

    /// How many it bears at once.
    int borne() {
        return limit.limit();
    }

    /// How much one more call would load it, by its weight.
    double perWeight() {
        return (inFlight.get() + 1) / (weight * trust());
    }

    /// Whether it has nothing to do, and is trusted with whatever comes.
    boolean isIdle() {
        return inFlight.get() == 0 && trust() >= 1;
    }

    /// The usual time to its first part, in milliseconds; 0 if it is not known yet.
    double firstPartMillis() {
        return firstPartMillis;
    }

    private double trust() {
        if (!hasFailed) {
            return 1;
        }
        var grown = Math.clamp((double) (nanoTime.getAsLong() - sinceNanos) / RAMP_NANOS, LEAST_SHARE, 1);
        return rested && grown < 1 ? LEAST_SHARE : grown;
    }
}
