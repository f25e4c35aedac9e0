package pointsman.fleet.local;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/// The pause before the next restart: doubled each time up to a bound, and short again after a life that lasted.
final class Backoff {
    private final IntervalFunction pauses;
    private final Duration settledAfter;
    private int restarts;

    Backoff(LocalProperties.Supervision supervision) {
        this.pauses = IntervalFunction.ofExponentialBackoff(supervision.firstPause(), 2, supervision.longestPause());
        this.settledAfter = supervision.settledAfter();
    }

    /// @param upFor how long the engine had been ready before it ended
    Duration after(Duration upFor) {
        restarts = upFor.compareTo(settledAfter) < 0 ? restarts + 1 : 1;
        return Duration.ofMillis(pauses.apply(restarts));
    }
}
