package pointsman.access;

import pointsman.fleet.Tier;
import pointsman.score.Calibrations;

/// A tenant's say in the matter of which model answers: a threshold on the score, or the same for everything.
/// [Policies] makes one of what the configuration says.
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
    }

    /// Every request goes to this tier.
    ///
    /// @param by who says so
    record Pinned(Tier tier, By by) implements TierPolicy {
        /// Every request of a tenant goes to this tier, because its configuration says so.
        public Pinned(Tier tier) {
            this(tier, By.TENANT);
        }
    }

    /// Every request goes to this model of the provider behind a tier, because a client named it.
    record Named(Tier tier, String model) implements TierPolicy {}

    /// The tenant wants a promise that no threshold was proved to keep, so the large tier answers.
    record Unproved(String promise) implements TierPolicy {}

    /// Who pins requests to a tier.
    enum By {
        MODEL,
        TENANT
    }
}
