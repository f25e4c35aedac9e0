package pointsman.job;

import java.time.Duration;

/// Checks properties when they are read.
final class Bounds {
    private Bounds() {}

    static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s: must be longer than nothing, was %s".formatted(name, value));
        }
    }

    static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: must be %d to %d, was %d".formatted(name, least, most, value));
        }
    }
}
