package pointsman.learn;

import java.util.OptionalDouble;

/// Finds the threshold that lets small answer most while a promise holds: [LadderSearch] of a ladder of two.
public final class ThresholdSearch {
    private static final LadderPath PATH = LadderPath.equal(1);

    private final LadderSearch search;

    public ThresholdSearch(double maxDrop, double confidence) {
        this(maxDrop, confidence, new Betting());
    }

    public ThresholdSearch(double maxDrop, double confidence, MeanProof test) {
        search = new LadderSearch(maxDrop, confidence, test);
    }

    /// The lowest threshold that is proved, or none.
    ///
    /// @param sample scores in [0, 1] that owe nothing to these prompts' outcomes
    public OptionalDouble threshold(Sample sample) {
        return search.thresholds(sample.ladder(), PATH).stream()
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }
}
