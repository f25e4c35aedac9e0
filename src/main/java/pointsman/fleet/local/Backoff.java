package pointsman.fleet.local;

import java.time.Duration;

/// The pause before the next restart: doubled each time up to a bound, and short again after a life that lasted.
final class Backoff {
    private final LocalProperties.Supervision supervision;
    private Duration next;

    Backoff(LocalProperties.Supervision supervision) {
        this.supervision = supervision;
        this.next = supervision.firstPause();
    }

    /// @param upFor how long the engine had been ready before it ended
    Duration after(Duration upFor) {
        if (upFor.compareTo(supervision.settledAfter()) >= 0) {
            next = supervision.firstPause();
        }
        var pause = next;
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(supervision.longestPause()) < 0 ? doubled : supervision.longestPause();
        return pause;
    }
}
