package pointsman.access;

import pointsman.fleet.Tier;
import pointsman.route.Decision;
import pointsman.route.Decision.Pinned;
import pointsman.route.Decision.Scored;
import pointsman.route.Decision.Unscored;
import pointsman.score.Calibrations;
import pointsman.score.ScoreOutcome;

/// A tenant's say in the matter: a threshold on the score, or the same answer for everything. [Policies] makes one of
/// what the configuration says.
public sealed interface TierPolicy {
    /// Small answers what scores at or above the threshold.
    ///
    /// @param threshold a probability in [0, 1]
    /// @param calibration whose pair the score is about, by its name in the configuration
    /// @param promise what was proved of the threshold, in a word; empty if nothing was
    record Threshold(double threshold, String calibration, String promise) implements TierPolicy {
        public Threshold {
            if (!(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException("threshold: must be 0 to 1, was " + threshold);
            }
        }

        /// A threshold that somebody chose, on the score of the configured pair.
        public Threshold(double threshold) {
            this(threshold, Calibrations.STANDARD, "");
        }

        /// The decision for a prompt of this outcome. Without a score the large tier answers.
        public Decision decide(ScoreOutcome outcome) {
            return switch (outcome) {
                case ScoreOutcome.Scored(var score) ->
                    new Scored(score >= threshold ? Tier.SMALL : Tier.LARGE, score, threshold, promise);
                case ScoreOutcome.Unscored(var reason) -> new Unscored(reason);
            };
        }
    }

    /// The same decision for every prompt, unscored.
    record Fixed(Decision decide) implements TierPolicy {
        /// Every routed request goes to this tier, because the tenant says so.
        public Fixed(Tier tier) {
            this(new Pinned(tier, Pinned.By.TENANT));
        }
    }
}
