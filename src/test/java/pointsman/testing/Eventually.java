package pointsman.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Waits for what other threads bring about: as short as possible, and never longer than a deadline.
public final class Eventually {
    private static final long BETWEEN_LOOKS_NANOS = Duration.ofMillis(5).toNanos();
    private static final Duration QUIET = Duration.ofMillis(400);

    private Eventually() {}

    /// Returns as soon as `condition` holds; if it does not within `deadline`, that is an [AssertionError].
    public static void holds(String what, Duration deadline, Callable<Boolean> condition) throws Exception {
        var start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new AssertionError("Not within " + deadline + ": " + what + ".");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
        }
    }

    /// Returns the value of `counter` once it has not moved for a while.
    public static long settled(LongSupplier counter, Duration deadline) throws Exception {
        var start = System.nanoTime();
        var last = new long[] {counter.getAsLong(), start};
        holds("the counter stands still", deadline, () -> {
            var now = counter.getAsLong();
            if (now != last[0]) {
                last[0] = now;
                last[1] = System.nanoTime();
            }
            return System.nanoTime() - last[1] > QUIET.toNanos();
        });
        return last[0];
    }
}
