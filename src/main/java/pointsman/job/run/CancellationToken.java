package pointsman.job.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Whether a job goes on here, as every lane wants to know before every question and while it waits. The
/// store is asked ten times a second and not each time: on SQLite a read waits for the one connection,
/// which is mostly busy syncing answers. A token that has ended stays so, and all who pause over it wake.
final class CancellationToken {
    private static final long LONGEST_NANOS = 100_000_000;

    private final BooleanSupplier store;
    private final LongSupplier nanoTime;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile long askedNanos;

    /// @param store tells whether the job goes on
    /// @param nanoTime a clock in nanoseconds that only goes forward
    CancellationToken(BooleanSupplier store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        var _ = isRunningNow();
    }

    boolean isRunning() {
        return nanoTime.getAsLong() - askedNanos >= LONGEST_NANOS ? isRunningNow() : !hasEnded();
    }

    /// The same, asked of the store whenever that was last done.
    boolean isRunningNow() {
        if (hasEnded()) {
            return false;
        }
        askedNanos = nanoTime.getAsLong();
        if (!store.getAsBoolean()) {
            end();
        }
        return !hasEnded();
    }

    /// Waits for so long, but not beyond the end.
    ///
    /// @return whether the job goes on
    boolean pause(Duration time) throws InterruptedException {
        return !end.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Nothing new shall be asked.
    void end() {
        end.countDown();
    }

    private boolean hasEnded() {
        return end.getCount() == 0;
    }
}
