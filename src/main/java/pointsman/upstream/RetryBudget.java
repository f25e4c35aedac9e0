package pointsman.upstream;

import java.util.function.LongSupplier;

/// Keeps retries from multiplying the load on an upstream that fails: in each second at most one for every five
/// requests,
/// but ten in any case, so that a quiet gateway can still retry.
final class RetryBudget {
    private static final int REQUESTS_PER_RETRY = 5;
    private static final int FLOOR = 10;
    private static final long WINDOW_NANOS = 1_000_000_000;

    private final LongSupplier nanoTime;
    private long windowStartNanos;
    private int requests;
    private int retries;

    /// @param nanoTime a clock in nanoseconds that only goes forward
    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.windowStartNanos = nanoTime.getAsLong();
    }

    /// A first attempt is on its way.
    synchronized void earn() {
        turnWindow();
        requests++;
    }

    /// Takes one retry out of the budget, if one is left.
    synchronized boolean take() {
        turnWindow();
        if (retries >= Math.max(FLOOR, requests / REQUESTS_PER_RETRY)) {
            return false;
        }
        retries++;
        return true;
    }

    private void turnWindow() {
        var now = nanoTime.getAsLong();
        if (now - windowStartNanos >= WINDOW_NANOS) {
            windowStartNanos = now;
            requests = 0;
            retries = 0;
        }
    }
}
