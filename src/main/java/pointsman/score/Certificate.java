package pointsman.score;

import java.util.List;

/// A promise that outcomes have proved of a ladder's thresholds: with this confidence, routing by them
/// loses no more than this of the last rung's mean quality on prompts like those of the outcomes.
///
/// @param maxDrop relative, in (0, 0.5]
/// @param confidence the chance that thresholds proved in this way keep the promise, in (0, 1)
/// @param thresholds of each rung but the last, the cheapest first: the first rung answers whose score is
///     at or above
/// its
///     threshold; 1 for a rung that is left out
/// @param shares of the outcomes' prompts that each rung answers, each in [0, 1]
/// @param cost of answering them so, relative to what the last rung would cost for all
public record Certificate(
        double maxDrop, double confidence, List<Double> thresholds, List<Double> shares, double cost) {
    public Certificate {
        thresholds = List.copyOf(thresholds);
        shares = List.copyOf(shares);
        new QualityDrop(maxDrop);
        requireShare("confidence", confidence);
        thresholds.forEach(threshold -> requireShare("thresholds", threshold));
        shares.forEach(share -> requireShare("shares", share));
        requireShare("cost", cost);
        if (thresholds.isEmpty() || shares.size() != thresholds.size() + 1) {
            throw new IllegalArgumentException(
                    "there must be a share for each rung, and a threshold for each but the last");
        }
    }

    /// Of a ladder of two, whose small model counts as costing nothing.
    public static Certificate ofPair(double maxDrop, double confidence, double threshold, double smallShare) {
        return new Certificate(
                maxDrop, confidence, List.of(threshold), List.of(smallShare, 1 - smallShare), 1 - smallShare);
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s: must be 0 to 1, was %s".formatted(name, value));
        }
    }

    /// The promise in one word for headers and meters, such as `drop_1%_at_90%`.
    public String label() {
        return label(new QualityDrop(maxDrop), confidence);
    }

    /// The word of a promise that was perhaps never proved.
    public static String label(QualityDrop maxDrop, double confidence) {
        return "drop_%s_at_%s".formatted(maxDrop, QualityDrop.percent(confidence));
    }
}
