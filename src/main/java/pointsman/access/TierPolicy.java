package pointsman.access;

import java.util.List;
import pointsman.score.Calibrations;

/// A say in the matter of which rung of a ladder answers: thresholds on the scores, or the same rung for
/// everything. A tenant has one, or else its route has. [Policies] makes one of what the configuration says.
public sealed interface TierPolicy {
    /// A rung answers what scores at or above its threshold, the last one everything.
    ///
    /// @param thresholds probabilities in [0, 1]: one for all rungs, or one for each but the last
    /// @param calibration whose models the scores are about, by its name in the configuration; empty: the
    ///     ladder's own
    /// @param promise what was proved of the thresholds, in a word; empty if nothing was
    record Threshold(List<Double> thresholds, String calibration, String promise) implements TierPolicy {
        public Threshold {
            thresholds = List.copyOf(thresholds);
            if (thresholds.isEmpty()) {
                throw new IllegalArgumentException("threshold: there is none");
            }
            for (var threshold : thresholds) {
                if (!(threshold >= 0 && threshold <= 1)) {
                    throw new IllegalArgumentException("threshold: must be 0 to 1, was " + threshold);
                }
            }
        }

        /// Thresholds that somebody chose, on the scores of the ladder's own models.
        public Threshold(List<Double> thresholds) {
            this(thresholds, Calibrations.STANDARD, "");
        }

        /// One threshold for all rungs.
        public Threshold(double threshold) {
            this(List.of(threshold));
        }

        /// One threshold of all rungs, of which something was proved.
        public Threshold(double threshold, String calibration, String promise) {
            this(List.of(threshold), calibration, promise);
        }

        /// The threshold of a rung, from 0.
        public double of(int rung) {
            return thresholds.get(Math.min(rung, thresholds.size() - 1));
        }
    }

    /// Every request goes to this model.
    ///
    /// @param model a rung by its name, or `small` or `large` for the first or the last
    /// @param by who says so
    record Pinned(String model, By by) implements TierPolicy {
        /// Every request of a tenant goes to this model, because its configuration says so.
        public Pinned(String model) {
            this(model, By.TENANT);
        }
    }

    /// Promised is what no threshold was proved to keep, so the last rung answers.
    record Unproved(String promise) implements TierPolicy {}

    /// Who pins requests to a model.
    enum By {
        MODEL,
        TENANT,
        ROUTE
    }
}
