package pointsman.score;

import java.util.List;

/// How the router knows the rungs of a ladder.
public sealed interface LadderSpec {
    /// The fewest rungs between which there is a choice, and the most of a ladder.
    int FEWEST_RUNGS = 2, MOST_RUNGS = 16;

    /// Each rung by a word: its name in the router's training data, or, for a guess by it alone, a size
    /// (`8B`, `135M`) or a price (`$0.6`).
    ///
    /// @param words one a rung, the cheapest first; the last is what all others are compared with
    record Rungs(List<String> words) implements LadderSpec {
        public Rungs {
            words = List.copyOf(words);
            requireSize(words.size());
            if (words.subList(0, words.size() - 1).contains(words.getLast())) {
                throw new IllegalArgumentException(
                        "the last rung must be another model than those before it, was " + String.join(",", words));
            }
        }
    }

    /// Every rung as `calibrate` fitted it from outcomes.
    ///
    /// @param calibration by its name under `pointsman.router.calibrations`
    record Calibrated(String calibration) implements LadderSpec {}

    /// Checks how many rungs a ladder has.
    ///
    /// @throws IllegalArgumentException if they are too few or too many
    static void requireSize(int rungs) {
        if (rungs < FEWEST_RUNGS || rungs > MOST_RUNGS) {
            throw new IllegalArgumentException(
                    "a ladder has %d to %d rungs, was %d".formatted(FEWEST_RUNGS, MOST_RUNGS, rungs));
        }
    }
}
