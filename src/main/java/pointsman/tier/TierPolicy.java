package pointsman.tier;

import pointsman.score.ScoreOutcome;
import pointsman.tier.Decision.Pinned;
import pointsman.tier.Decision.Scored;
import pointsman.tier.Decision.Unscored;

/// A tenant's say in the matter: a threshold on the score, or one tier for everything.
public sealed interface TierPolicy {
    /// Small answers what scores at or above the threshold, a probability in [0, 1].
    record Threshold(double threshold) implements TierPolicy {
        public Threshold {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException("threshold: must be 0 to 1, was " + threshold);
            }
        }

        /// The decision for a prompt of this outcome. Without a score the large tier answers.
        public Decision decide(ScoreOutcome outcome) {
            return switch (outcome) {
                case ScoreOutcome.Scored(var score) ->
                    new Scored(score >= threshold ? Tier.SMALL : Tier.LARGE, score, threshold);
                case ScoreOutcome.Unscored(var reason) -> new Unscored(reason);
            };
        }
    }

    /// Every routed request goes to this tier, unscored.
    record Fixed(Tier tier) implements TierPolicy {
        /// The same decision for every prompt.
        public Decision decide() {
            return new Pinned(tier, Pinned.By.TENANT);
        }
    }
}
