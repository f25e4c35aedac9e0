package pointsman.score;

/// How the scoring of one prompt ended. It always ends: a prompt without a score is routed too.
public sealed interface ScoreOutcome {
    /// The prompt has a score.
    ///
    /// @param score P(the small model's answer is good enough), 0 to 1
    record Scored(double score) implements ScoreOutcome {}

    /// The prompt has no score.
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
