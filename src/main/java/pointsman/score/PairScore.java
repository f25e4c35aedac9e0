package pointsman.score;

/// From a reading to one pair's score.
///
/// The raw score is p_small - p_large: minus what sending the prompt to large is expected to gain. On RouteLLM's
/// MMLU it reaches an APGR of 0.70 where 1 - p_large (1 - p_small), the chance that small is good enough were both
/// outcomes independent, reaches 0.69. Of a pair that is known by its sizes it is sigmoid(logit_small - [#CAUTION]
/// logit_large): where exactly a stranger of that size fails is a guess, and counts for less. A curve makes P(small is
/// not worse than large) of it.
public record PairScore(ModelLogit small, ModelLogit large, CalibrationCurve curve) {
    private static final double CAUTION = 0.6; // router-model/train/declared.py

    /// The arithmetic of two models that were fitted from outcomes.
    public static PairScore fitted(Ability small, Ability large, CalibrationCurve curve) {
        return new PairScore(new ModelLogit.Fitted(small), new ModelLogit.Fitted(large), curve);
    }

    /// P(the small model's answer is good enough) for the text that was read.
    public double of(Reading reading) {
        return curve.probability(raw(reading));
    }

    /// What the curve is laid over.
    public double raw(Reading reading) {
        var logitSmall = small.of(reading);
        var logitLarge = large.of(reading);
        return small.isGuess() || large.isGuess()
                ? sigmoid(logitSmall - CAUTION * logitLarge)
                : sigmoid(logitSmall) - sigmoid(logitLarge);
    }

    /// With [StrictMath], because interpreted and compiled code must give the same last bit.
    private static double sigmoid(double logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }
}
