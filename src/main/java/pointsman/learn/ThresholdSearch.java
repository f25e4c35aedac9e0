package pointsman.learn;

import java.util.OptionalDouble;

/// Finds the threshold that lets small answer most while a promise holds: "the mean quality is at most `maxDrop`,
/// relatively, below the large model's, with this confidence" (Angelopoulos et al., "Learn then Test", arXiv
/// 2110.01052).
///
/// Of one prompt, (quality of large - quality of the answer) - maxDrop * (quality of large) is a loss between -1 and
/// 1 - maxDrop, and its mean is at most zero just where the promise holds. Thresholds from 1 downwards are tested one
/// after the other by [Betting], each at the full confidence, until one is not proved: a threshold that breaks the
/// promise is only reached if the first such one is proved by mistake, so the whole sequence errs no more often than a
/// single test (fixed-sequence testing, Maurer et al. 1995). The thresholds must be chosen without these outcomes;
/// here they are every 0.002, whatever the outcomes are. That large answers everything needs no proof.
public final class ThresholdSearch {
    private static final int STEPS = 500;

    private final double maxDrop;
    private final double confidence;
    private final MeanProof test;

    public ThresholdSearch(double maxDrop, double confidence) {
        this(maxDrop, confidence, new Betting());
    }

    public ThresholdSearch(double maxDrop, double confidence, MeanProof test) {
        this.maxDrop = maxDrop;
        this.confidence = confidence;
        this.test = test;
    }

    /// The lowest threshold that is proved, or none.
    ///
    /// @param sample scores in [0, 1] that owe nothing to these prompts' outcomes
    public OptionalDouble threshold(Sample sample) {
        var proved = OptionalDouble.empty();
        var toSmall = 0;
        for (var step = STEPS; step >= 0; step--) {
            var threshold = (double) step / STEPS;
            var before = toSmall;
            toSmall = sample.countFrom(threshold);
            if (toSmall > before && !test.proves(sample.losses(threshold, maxDrop), 1 - maxDrop, confidence)) {
                return proved;
            }
            if (toSmall > 0) {
                proved = OptionalDouble.of(threshold);
            }
        }
        return proved;
    }
}
