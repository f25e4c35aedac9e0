package pointsman.fleet.pace;

/// Keeps second calls, sent while the first has not spoken yet, a small share of all calls: else a slow
/// upstream would get twice the load just when it can bear it least.
///
/// A bucket of tokens, filled by calls and not by time, as gRPC throttles its retries (gRFC A6): each call
/// adds a part of a token, a second call takes a whole one. Dean and Barroso, "The Tail at Scale" (CACM
/// 56(2), 2013), hedge after the 95th percentile, which asks for 5 %. It shares nothing with [RetryBudget],
/// which counts within a second, has a floor, and saves nothing up.
public final class HedgeBudget {
    private static final int WHOLE = 100;
    private static final int SAVED_MAX = 10 * WHOLE;

    private final int percent;
    private int saved;

    /// @param percent second calls for a hundred calls; with 0 there are none
    public HedgeBudget(int percent) {
        this.percent = percent;
        this.saved = percent > 0 ? WHOLE : 0;
    }

    /// A first call is on its way.
    public synchronized void earn() {
        saved = Math.min(SAVED_MAX, saved + percent);
    }

    /// Takes one second call out of the budget, if one is left.
    public synchronized boolean take() {
        if (saved < WHOLE) {
            return false;
        }
        saved -= WHOLE;
        return true;
    }
}
