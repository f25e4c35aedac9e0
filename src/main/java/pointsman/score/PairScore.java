package pointsman.score;

/// From the logits of all models to one pair's score.
///
/// Small is good enough unless large is right where small is wrong. With both outcomes taken as independent given the
/// text, the raw score is 1 - p_large (1 - p_small); they are not, so a curve makes a probability of it.
///
/// @param small position of the small model's logit
/// @param large position of the large model's logit
record PairScore(int small, int large, CalibrationCurve curve) {
    /// @param logits one a model; sigmoid of it is P(the model is right)
    double of(float[] logits) {
        return curve.probability(1 - sigmoid(logits[large]) * (1 - sigmoid(logits[small])));
    }

    /// With [StrictMath], because interpreted and compiled code must give the same last bit.
    private static double sigmoid(float logit) {
        return 1 / (1 + StrictMath.exp(-logit));
    }
}
