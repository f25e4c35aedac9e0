package pointsman.fleet;

import io.netty.util.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import pointsman.failure.Failure;
import pointsman.time.TimeLimit;
import reactor.core.publisher.Flux;

/// Limits the silence of an upstream: the time to its first part, and between two parts that say something:
/// comments and pings are no life. Only time in which somebody waits for a part counts. A client that reads
/// slowly makes no demand meanwhile, and its upstream is not to blame. Within a call of a tool, whose
/// arguments some upstreams send when they are complete, it may be [#CALLING] times as long.
final class GapLimit {
    private static final int CALLING = 4;

    private final long firstNanos;
    private final long gapNanos;
    private final LongSupplier clock;
    private final long startNanos;
    private final AtomicLong demand = new AtomicLong();
    private volatile long waitingSinceNanos;
    private volatile long silentNanos;
    private volatile boolean isCalling;
    private volatile boolean begun;

    /// @param first the longest time to the first part
    /// @param gap the longest time between two parts
    /// @param clock in nanoseconds
    GapLimit(Duration first, Duration gap, LongSupplier clock) {
        this.firstNanos = first.toNanos();
        this.gapNanos = gap.toNanos();
        this.clock = clock;
        this.startNanos = clock.getAsLong();
        this.waitingSinceNanos = startNanos;
    }

    /// Ends the parts with this failure when one keeps those who wait for it waiting longer than its limit.
    static <T extends Part> Flux<T> apply(Flux<T> parts, Duration first, Duration gap, Failure late) {
        return Flux.defer(() -> new GapLimit(first, gap, System::nanoTime).over(parts, late, TimeLimit.WHEEL));
    }

    /// The same, by this timer.
    <T extends Part> Flux<T> over(Flux<T> parts, Failure late, Timer timer) {
        return TimeLimit.of(
                parts.doOnRequest(this::requested).doOnNext(this::emitted),
                new TimeLimit.Limit(this::leftNanos, gapNanos, late::asException, timer));
    }

    private long leftNanos() {
        var now = clock.getAsLong();
        if (!begun) {
            return firstNanos - (now - startNanos);
        }
        var most = isCalling ? CALLING * gapNanos : gapNanos;
        return demand.get() == 0 ? most : most - silentNanos - (now - waitingSinceNanos);
    }

    private void requested(long parts) {
        if (demand.getAndAccumulate(parts, GapLimit::cappedSum) == 0) {
            waitingSinceNanos = clock.getAsLong();
        }
    }

    private void emitted(Part part) {
        var now = clock.getAsLong();
        silentNanos = begun && !part.speaks() ? silentNanos + (now - waitingSinceNanos) : 0;
        isCalling = part.isCalling();
        begun = true;
        demand.updateAndGet(parts -> parts == Long.MAX_VALUE ? parts : parts - 1);
        waitingSinceNanos = now;
    }

    private static long cappedSum(long left, long right) {
        var sum = left + right;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
