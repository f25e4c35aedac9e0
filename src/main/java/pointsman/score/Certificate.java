package pointsman.score;

/// A promise that outcomes have proved of a threshold: with this confidence, routing by it loses no more than this of
/// the large model's mean quality on prompts like those of the outcomes.
///
/// @param maxDrop relative, in (0, 0.5]
/// @param confidence the chance that a threshold proved in this way keeps the promise, in (0, 1)
/// @param threshold the score from which on small answers, in [0, 1]
/// @param smallShare of the outcomes' prompts that small answers, in [0, 1]
public record Certificate(double maxDrop, double confidence, double threshold, double smallShare) {
    public Certificate {
        new QualityDrop(maxDrop);
        requireShare("confidence", confidence);
        requireShare("threshold", threshold);
        requireShare("smallShare", smallShare);
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
