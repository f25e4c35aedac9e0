package pointsman.score;

/// From the logits of all models to one pair's score.
///
/// The raw score is p_small - p_large: minus what sending the prompt to large is expected to gain. On RouteLLM's MMLU
/// it reaches an APGR of 0.69 where 1 - p_large (1 - p_small), the chance that small is good enough were both outcomes
/// independent, reaches 0.67. A curve makes P(small is not worse than large) of it.
///
/// @param small position of the small model's logit
/// @param large position of the large model's logit
record PairScore(int small, int large, CalibrationCurve curve) {
    /// Scores one prompt.
    ///
    /// @param logits one a model; sigmoid of it is P(the model is right)
    double of(float[] logits) {
        return curve.probability(sigmoid(logits[small]) - sigmoid(logits[large]));
    }

    /// With [StrictMath], because interpreted and compiled code must give the same last bit.
    private static double sigmoid(float logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }
}
