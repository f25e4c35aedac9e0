package pointsman.score;

import java.util.List;

/// How the scoring of one prompt for a ladder ended. It always ends: a prompt without a score is routed
/// too.
public sealed interface LadderOutcome {
    /// The prompt has scores.
    ///
    /// @param scores P(the rung's answer is good enough: not worse than the last rung's), 0 to 1, of
    ///     every rung but the last, the cheapest first
    record Scored(List<Double> scores) implements LadderOutcome {
        public Scored {
            scores = List.copyOf(scores);
        }
    }

    /// The prompt has none.
    record Unscored(ScoreOutcome.Reason reason) implements LadderOutcome {}

    /// The outcome of a ladder of two, which has one score. Of a longer ladder, that of its cheapest
    /// rung.
    default ScoreOutcome ofCheapest() {
        return switch (this) {
            case Scored(var scores) -> new ScoreOutcome.Scored(scores.getFirst());
            case Unscored(var reason) -> new ScoreOutcome.Unscored(reason);
        };
    }
}
