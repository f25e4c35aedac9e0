package pointsman.job.run;

import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// What a job may spend, on this replica: reserve before a call, settle after it.
///
/// A call is only made if what is spent, what the calls under way may cost and what it may cost itself
/// stay within the limit. What a call may cost is what its prompt is estimated to, or what the dearest
/// answer so far has cost, whichever is more. So lanes that run side by side do not race each other past
/// the limit; what remains is by how much answers under way are dearer than any before.
final class CostBudget {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition settled = lock.newCondition();
    private final long mostMicros;
    private long reservedMicros;
    private long dearestMicros;

    /// @param mostMicros in millionths of a dollar; [Long#MAX_VALUE]: without a limit
    CostBudget(long mostMicros) {
        this.mostMicros = mostMicros;
    }

    long mostMicros() {
        return mostMicros;
    }

    /// What is set aside for a call that is estimated to cost this much.
    long next(long estimateMicros) {
        lock.lock();
        try {
            return Math.max(estimateMicros, dearestMicros);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a call is affordable or nothing is under way that could make it so.
    ///
    /// @param estimateMicros what the call is estimated to cost
    /// @param spent what is spent and stored so far
    /// @return what is set aside for it; empty if it would go beyond the limit
    OptionalLong reserve(long estimateMicros, LongSupplier spent) throws InterruptedException {
        if (mostMicros == Long.MAX_VALUE) {
            return OptionalLong.of(0);
        }
        lock.lockInterruptibly();
        try {
            while (!isAffordable(estimateMicros, spent)) {
                if (reservedMicros == 0) {
                    return OptionalLong.empty();
                }
                settled.await();
            }
            long amount = next(estimateMicros);
            reservedMicros += amount;
            return OptionalLong.of(amount);
        } finally {
            lock.unlock();
        }
    }

    private boolean isAffordable(long estimateMicros, LongSupplier spent) {
        return spent.getAsLong() + reservedMicros + next(estimateMicros) <= mostMicros;
    }

    /// Sets more aside for a call that turns out dearer. It does not wait: whoever holds a reserve and
    /// waits may wait for another who does the same.
    ///
    /// @param amount that [#reserve] gave
    /// @param spent what is spent and stored so far
    /// @return what is set aside instead; empty if it would go beyond the limit, and then nothing changes
    OptionalLong raise(long amount, long estimateMicros, LongSupplier spent) {
        if (mostMicros == Long.MAX_VALUE) {
            return OptionalLong.of(amount);
        }
        lock.lock();
        try {
            long dearer = Math.max(amount, next(estimateMicros));
            if (spent.getAsLong() + reservedMicros - amount + dearer > mostMicros) {
                return OptionalLong.empty();
            }
            reservedMicros += dearer - amount;
            return OptionalLong.of(dearer);
        } finally {
            lock.unlock();
        }
    }

    /// Gives a reserve back, once the cost is stored or there will be none.
    ///
    /// @param amount that [#reserve] or [#raise] gave
    /// @param costMicros of the answer
    void settle(long amount, long costMicros) {
        lock.lock();
        try {
            reservedMicros -= amount;
            dearestMicros = Math.max(dearestMicros, costMicros);
            settled.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
