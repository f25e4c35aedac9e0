package pointsman.score;

import java.util.List;

/// How the scoring of one prompt for a ladder ended. It always ends: a prompt without a score is routed too.
public sealed interface ScoreOutcome {
    /// The prompt has scores.
    ///
    /// @param scores P(the rung's answer is good enough: not worse than the last rung's), 0 to 1, of
    ///     every rung but the last, the cheapest first
    record Scored(List<Double> scores) implements ScoreOutcome {
        public Scored {
            scores = List.copyOf(scores);
        }
    }

    /// The prompt has none.
    record Unscored(Reason reason) implements ScoreOutcome {}

    /// Why a prompt has no score.
    enum Reason {
        /// The model file is missing or unusable; the log says which and why.
        ROUTER_UNAVAILABLE,
        /// As many prompts were waiting as may wait.
        ROUTER_BUSY,
        /// The score did not come within the time limit.
        ROUTER_TIMEOUT,
        /// Scoring ended with an error, which is logged.
        ROUTER_FAILED,
        /// There is nothing to score: the text is blank.
        NO_TEXT
    }
}
