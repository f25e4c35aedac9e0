package pointsman.learn;

import java.util.List;
import java.util.stream.IntStream;
import pointsman.score.Ability;
import pointsman.score.CalibrationCurve;
import pointsman.score.PairScore;
import pointsman.score.Reading;

/// A pair as its outcomes show it: a point in the skill space for each model, and the curve over their difference.
public record PairFit(Ability small, Ability large, CalibrationCurve curve) {
    private static final CalibrationCurve STRAIGHT = new CalibrationCurve(List.of(-1.0, 1.0), List.of(0.0, 1.0));

    /// Fits a pair.
    ///
    /// @param known points of the router's own models, which say what models are like
    /// @param readings of the prompts
    /// @param small quality of the small model's answers to them
    /// @param large quality of the large model's answers to them
    public static PairFit of(List<Ability> known, List<Reading> readings, double[] small, double[] large) {
        var found = AbilityFit.find(known, readings, small, large);
        var score = PairScore.fitted(found.small(), found.large(), STRAIGHT);
        var raw = readings.stream().mapToDouble(score::raw).toArray();
        var good = IntStream.range(0, small.length)
                .mapToDouble(row -> small[row] >= large[row] ? 1 : 0)
                .toArray();
        return new PairFit(found.small(), found.large(), IsotonicFit.curve(raw, good));
    }

    public PairScore score() {
        return PairScore.fitted(small, large, curve);
    }
}
