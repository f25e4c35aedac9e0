package pointsman.fleet.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for a condition up to a deadline.
final class Await {
    private static final Duration POLL = Duration.ofMillis(10);

    private Await() {}

    static void until(String what, Duration deadline, BooleanSupplier condition) {
        var end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
        }
        assertThat(condition.getAsBoolean()).as(what + " within " + deadline).isTrue();
    }
}
