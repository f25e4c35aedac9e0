package pointsman.score;

/// What a pair's two logits say about a text, before a curve makes a probability of it. A curve fits the raw score that
/// it was drawn from and no other, so [Calibration] chooses both at once.
enum RawScore {
    /// p_small - p_large: minus what sending the prompt to large is expected to gain. On RouteLLM's MMLU it reaches an
    /// APGR of 0.70 where 1 - p_large (1 - p_small), the chance that small is good enough were both outcomes
    /// independent, reaches 0.69.
    GAIN {
        @Override
        double of(double small, double large) {
            return sigmoid(small) - sigmoid(large);
        }
    },

    /// sigmoid(logit_small - 0.6 logit_large), of a pair that is known by its size: where exactly a stranger of that
    /// size fails is a guess, and counts for less (router-model/train/declared.py).
    CAUTIOUS {
        @Override
        double of(double small, double large) {
            return sigmoid(small - CAUTION * large);
        }
    };

    private static final double CAUTION = 0.6;

    /// @param small the logit of the small model
    /// @param large the logit of the large one
    abstract double of(double small, double large);

    /// With [StrictMath], because interpreted and compiled code must give the same last bit.
    private static double sigmoid(double logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }
}
