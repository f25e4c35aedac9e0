package pointsman.batch;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Whether a job goes on, as every lane wants to know before every question. The store is asked ten times a second and
/// not each time: on SQLite a read waits for the one connection, which is mostly busy syncing answers.
final class Pulse {
    private static final long LONGEST_NANOS = 100_000_000;

    private final BooleanSupplier store;
    private final LongSupplier nanoTime;
    private volatile boolean isRunning;
    private volatile long askedNanos;

    /// @param store tells whether the job goes on
    /// @param nanoTime a clock in nanoseconds that only goes forward
    Pulse(BooleanSupplier store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        ask();
    }

    boolean isRunning() {
        if (isRunning && nanoTime.getAsLong() - askedNanos >= LONGEST_NANOS) {
            ask();
        }
        return isRunning;
    }

    private void ask() {
        askedNanos = nanoTime.getAsLong();
        isRunning = store.getAsBoolean();
    }
}
