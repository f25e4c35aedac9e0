package pointsman.testing.failover;

import java.time.Duration;
import pointsman.testing.Fault;
import pointsman.testing.Pace;

/// What is wished of a gateway whose primary has a fault.
///
/// @param ending of the answer
/// @param fewest calls to the primary
/// @param most calls to the primary
/// @param seconds until the answer is whole, at the pace as it is written
record Wanted(Ending ending, int fewest, int most, double seconds) {
    /// More calls to one upstream than this are an attack on it.
    static final int MOST_CALLS = 6;

    /// What a header asks for in whole seconds passes no faster in a test.
    private static final Duration REAL_WAIT = Duration.ofSeconds(3);

    private static final double USUAL = 15;

    /// How an answer shall end.
    enum Ending {
        WHOLE,
        /// The primary's refusal is passed on, and nobody else is asked.
        REFUSED,
        /// Either.
        ANY
    }

    static Wanted of(Fault fault) {
        return switch (fault) {
            case HEALTHY, NO_PREFILL -> whole(1, 1, USUAL);
            case S01, S03 -> whole(2, 2, USUAL);
            case S02, S04, S08, S10, S14, S15, S16 -> whole(0, MOST_CALLS, USUAL);
            case S05 -> whole(1, 3, USUAL);
            case S06 -> whole(1, 1, 100);
            case S07 -> whole(1, 1, 15);
            case S09 -> whole(0, MOST_CALLS, 45);
            case S11 -> whole(1, 1, 8);
            case S12, X16 -> whole(1, 1, USUAL);
            case S13 -> new Wanted(Ending.REFUSED, 1, 1, USUAL);
            case X15 -> new Wanted(Ending.ANY, 1, 1, USUAL);
            case X01, X02, X03, X04, X07, X08, X10, X11, X12, X13, X14 -> whole(0, 3, USUAL);
            case X05 -> whole(0, 3, 60);
            case X06 -> whole(0, 3, 100);
        };
    }

    /// Until when the answer is in time.
    ///
    /// @param slack what a busy machine may take longer where times are short
    Duration limit(Pace pace, Duration slack) {
        return pace.of(Duration.ofMillis(Math.round(seconds * 1000))).plus(slack);
    }

    /// How long a client waits before it takes the gateway for hung.
    Duration patience(Pace pace) {
        return pace.of(Duration.ofMillis(Math.round(seconds * 1500 + 15_000))).plus(REAL_WAIT);
    }

    boolean isWithin(int calls) {
        return calls >= fewest && calls <= most;
    }

    /// How many calls are wished, in words.
    String calls() {
        return fewest == most ? Integer.toString(most) : "at most " + most;
    }

    private static Wanted whole(int fewest, int most, double seconds) {
        return new Wanted(Ending.WHOLE, fewest, most, seconds);
    }
}
