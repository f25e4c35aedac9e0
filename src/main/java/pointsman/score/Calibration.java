package pointsman.score;

import java.util.List;

/// What `calibration.json` says: the order of the graph's outputs, how much of a text it was trained to read, and
/// what became of its raw scores on questions set aside.
///
/// @param models names of the models, in the order of the logits
/// @param onnxSha256 digest of the graph that all this belongs to, in hexadecimal
/// @param pooled the curve of pairs of known models that have none of their own
/// @param declared the curve of pairs of which a size or a price is all that is known
record Calibration(
        int version,
        List<String> models,
        InputWindow input,
        String onnxSha256,
        ModelPair defaultPair,
        CalibrationCurve pooled,
        CalibrationCurve declared,
        List<PairCurve> pairs) {

    record PairCurve(String small, String large, CalibrationCurve knots) {}

    /// Makes the arithmetic of one pair.
    ///
    /// @param pair models by their names, or as [DeclaredSize] or [DeclaredPrice] read them
    /// @throws IllegalArgumentException if the graph does not know a model; the message lists those it knows
    PairScore pairScore(ModelPair pair) {
        var small = logit(pair.small());
        var large = logit(pair.large());
        return isGuess(pair)
                ? new PairScore(small, large, RawScore.CAUTIOUS, declared)
                : new PairScore(small, large, RawScore.GAIN, curve(pair));
    }

    /// Whether a model of the pair is known by its size or price alone.
    boolean isGuess(ModelPair pair) {
        return !models.contains(pair.small()) || !models.contains(pair.large());
    }

    private CalibrationCurve curve(ModelPair pair) {
        return pairs.stream()
                .filter(known ->
                        known.small().equals(pair.small()) && known.large().equals(pair.large()))
                .findFirst()
                .map(PairCurve::knots)
                .orElse(pooled);
    }

    private ModelLogit logit(String name) {
        var position = models.indexOf(name);
        return position >= 0
                ? new ModelLogit.Known(position)
                : DeclaredSize.parse(name)
                        .or(() -> DeclaredPrice.parse(name))
                        .map(size -> size.logit(models))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "unknown model '%s'; known are %s, or a size such as 8B or a price such as $0.6 for a guess by it alone"
                                        .formatted(name, String.join(", ", models))));
    }
}
