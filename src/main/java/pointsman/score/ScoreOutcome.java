package pointsman.score;

/// What the router says about a prompt: a score, or why there is none.
public sealed interface ScoreOutcome {
    /// A score in [0, 1]: P(the small model's answer is good enough).
    record Scored(double score) implements ScoreOutcome {}

    /// No score, and why. The prompt then goes to the large model.
    record Unscored(Reason reason) implements ScoreOutcome {}

    /// Why a prompt has no score.
    enum Reason {
        ROUTER_UNAVAILABLE,
        ROUTER_BUSY,
        ROUTER_TIMEOUT,
        ROUTER_FAILED,
        NO_TEXT
    }
}
