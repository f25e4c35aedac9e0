package pointsman.score;

/// From a reading to one pair's score: the models' logits, a raw score of both, and a curve that makes P(small is not
/// worse than large) of it.
public record PairScore(ModelLogit small, ModelLogit large, RawScore rawScore, CalibrationCurve curve) {
    /// The arithmetic of two models that were fitted from outcomes.
    public static PairScore fitted(Ability small, Ability large, CalibrationCurve curve) {
        return new PairScore(new ModelLogit.Fitted(small), new ModelLogit.Fitted(large), RawScore.GAIN, curve);
    }

    /// P(the small model's answer is good enough) for the text that was read.
    public double of(Reading reading) {
        return curve.probability(raw(reading));
    }

    /// What the curve is laid over.
    public double raw(Reading reading) {
        return rawScore.of(small.of(reading), large.of(reading));
    }
}
