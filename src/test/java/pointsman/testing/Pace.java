package pointsman.testing;

import java.time.Duration;

/// How fast the times of faults pass: a test has no minutes. What a header says in whole seconds stays as
/// it is.
///
/// @param scale 1 as it is written, 0.1 ten times as fast
public record Pace(double scale) {
    private static final Duration WORD = Duration.ofMillis(15);

    /// From one word to the next.
    Duration word() {
        return of(WORD);
    }

    Duration seconds(double seconds) {
        return of(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /// A time of a fault, as long as it takes here.
    public Duration of(Duration written) {
        return Duration.ofNanos(Math.round(written.toNanos() * scale));
    }
}
