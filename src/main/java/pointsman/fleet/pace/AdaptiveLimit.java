package pointsman.fleet.pace;

import java.time.Duration;

/// How many calls in flight a deployment bears, told by its time to the first word: one that is asked more
/// than it can do at once makes callers wait, long before it refuses.
///
/// The gradient of Netflix' concurrency-limits (`Gradient2Limit`; Landau, Thurston, Bozarth, "Performance
/// Under Load", 2018). The usual time is an average over some [#LONG] calls, the present one over [#SHORT].
/// While the present one is less than [#TOLERANCE] times the usual one, the limit grows by its square root,
/// else it shrinks by their quotient, at most by half; of each change a fifth is done at once. The square
/// root is the queue that may stand.
///
/// Two things differ. It starts at the most, as a provider's deployment bears what is configured until it
/// shows otherwise. And it may also shrink while less than half of it is used, or from that start it would
/// never come down; but not while fewer calls than the least are in flight, which are not what makes it slow.
public final class AdaptiveLimit {
    private static final int LONG = 600;
    private static final int SHORT = 10;

    /// The usual time is the plain average of the first few; after them, an average with a long memory.
    private static final int WARM_UP = 10;

    private static final double TOLERANCE = 2;
    private static final double CHANGE_MIN = 0.5;
    private static final double STEP = 0.2;

    /// So much of the usual time stays each time that it turns out to be far above the present one.
    private static final double RECOVERY = 0.95;

    private final double least;
    private final double most;
    private volatile double limit;
    private double usualMillis;
    private double presentMillis;
    private int seen;

    /// @param least calls in flight that are allowed however slow it is
    /// @param most calls in flight that are allowed however fast it is
    public AdaptiveLimit(int least, int most) {
        this.least = Math.min(least, most);
        this.most = most;
        this.limit = most;
    }

    /// Whether one more call may be sent.
    ///
    /// @param inFlight calls without this one
    public boolean mayEnter(int inFlight) {
        return inFlight < limit();
    }

    /// A call got its first word.
    ///
    /// @param firstWord the time until it came
    /// @param inFlight calls, this one among them
    public synchronized void spoke(Duration firstWord, int inFlight) {
        see(firstWord.toNanos() / 1e6);
        var gradient = Math.clamp(TOLERANCE * usualMillis / presentMillis, CHANGE_MIN, 1);
        var next = limit + STEP * (limit * gradient + Math.sqrt(limit) - limit);
        var mayGrow = inFlight >= limit / 2;
        var mayShrink = inFlight >= least;
        next = Math.clamp(next, mayShrink ? 0 : limit, mayGrow ? most : limit);
        limit = Math.clamp(next, least, most);
    }

    /// Calls that may be in flight now.
    public int limit() {
        return (int) limit;
    }

    private void see(double millis) {
        var shown = Math.max(millis, 0.001);
        seen = Math.min(WARM_UP + 1, seen + 1);
        usualMillis += (shown - usualMillis) * (seen <= WARM_UP ? 1.0 / seen : 2.0 / (LONG + 1));
        presentMillis += (shown - presentMillis) / Math.min(SHORT, seen);
        if (usualMillis > TOLERANCE * presentMillis) {
            usualMillis *= RECOVERY;
        }
    }
}
