package pointsman.job.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// How many calls of jobs an upstream gets at once: additive increase, multiplicative decrease (Chiu and
/// Jain 1989).
///
/// Every answer raises the limit by one over itself, so by about one a round; a refusal halves it, once
/// for all calls that were under way together. So lanes settle just below the rate that a provider
/// allows, without being told it.
final class ConcurrencyLimit {
    private static final long BETWEEN_LOOKS_MILLIS = 100;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition free = lock.newCondition();
    private final int most;
    private double limit;
    private int underWay;
    private long generation;

    /// What a call says about the pace.
    enum Ending {
        /// The upstream dealt with it.
        ANSWERED,
        /// It said that this is too much. Of calls that began before its last such word, only that counted.
        REFUSED,
        /// Nothing.
        OTHER
    }

    /// @param most calls at once
    ConcurrencyLimit(int most) {
        this.most = most;
        this.limit = most;
    }

    /// Waits for a place, as long as it is wanted: others may hold all places for minutes.
    ///
    /// @param isWanted asked again and again, also by those who wait
    /// @return a ticket to give back to [#leave]; empty if the place is not wanted any more
    OptionalLong enter(BooleanSupplier isWanted) throws InterruptedException {
        while (isWanted.getAsBoolean()) {
            lock.lockInterruptibly();
            try {
                if (underWay < (int) limit
                        || (free.await(BETWEEN_LOOKS_MILLIS, MILLISECONDS) && underWay < (int) limit)) {
                    underWay++;
                    return OptionalLong.of(generation);
                }
            } finally {
                lock.unlock();
            }
        }
        return OptionalLong.empty();
    }

    /// Gives a place back.
    ///
    /// @param ticket that [#enter] gave
    void leave(long ticket, Ending ending) {
        lock.lock();
        try {
            underWay--;
            limit = switch (ending) {
                case ANSWERED -> Math.min(most, limit + 1 / limit);
                case REFUSED -> ticket == generation ? Math.max(1, limit / 2) : limit;
                case OTHER -> limit;
            };
            generation += ending == Ending.REFUSED && ticket == generation ? 1 : 0;
            free.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Calls that may be under way now.
    int limit() {
        lock.lock();
        try {
            return (int) limit;
        } finally {
            lock.unlock();
        }
    }
}
