package pointsman.upstream;

import java.util.function.LongSupplier;

/// Keeps retries from multiplying the load on an upstream that fails: at most one for every five requests, and ten a
/// second besides, so that a quiet gateway can still retry. A token bucket that requests and time fill.
final class RetryBudget {
    private static final double PER_REQUEST = 0.2;
    private static final double PER_SECOND = 10;
    private static final double MOST = 20;
    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private double tokens = PER_SECOND;
    private long filledAtNanos;

    /// @param nanoTime a clock in nanoseconds that only goes forward
    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.filledAtNanos = nanoTime.getAsLong();
    }

    /// A first attempt is on its way.
    synchronized void earn() {
        tokens = Math.min(MOST, tokens + PER_REQUEST);
    }

    /// Takes one retry out of the budget, if one is left.
    synchronized boolean take() {
        var now = nanoTime.getAsLong();
        tokens = Math.min(MOST, tokens + PER_SECOND * (now - filledAtNanos) / NANOS);
        filledAtNanos = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
