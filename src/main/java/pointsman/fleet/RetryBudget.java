package pointsman.fleet;

import java.util.function.LongSupplier;

/// Keeps retries from multiplying the load on an upstream that fails: in each second they are at most a share of the
/// requests, but some in any case, so that a quiet gateway can still retry.
final class RetryBudget {
    private static final long WINDOW_NANOS = 1_000_000_000;

    private final CallProperties.RetryBudget limits;
    private final LongSupplier nanoTime;
    private long windowStartNanos;
    private int requests;
    private int retries;

    /// @param limits the share and the floor
    /// @param nanoTime a clock in nanoseconds that only goes forward
    RetryBudget(CallProperties.RetryBudget limits, LongSupplier nanoTime) {
        this.limits = limits;
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
        if (retries >= Math.max(limits.perSecond(), (long) requests * limits.percent() / 100)) {
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
