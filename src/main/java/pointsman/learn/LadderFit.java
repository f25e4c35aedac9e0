package pointsman.learn;

import java.util.List;
import java.util.stream.IntStream;
import pointsman.score.Ability;
import pointsman.score.CalibrationCurve;
import pointsman.score.LadderScore;
import pointsman.score.PairScore;
import pointsman.score.Reading;

/// A ladder as its outcomes show it: a point in the skill space for each rung, and for each but the last a
/// curve over its
/// difference to the last.
///
/// @param abilities one a rung, the cheapest first
/// @param curves one a rung but the last
public record LadderFit(List<Ability> abilities, List<CalibrationCurve> curves) {
    private static final CalibrationCurve STRAIGHT = new CalibrationCurve(List.of(-1.0, 1.0), List.of(0.0, 1.0));

    public LadderFit {
        abilities = List.copyOf(abilities);
        curves = List.copyOf(curves);
    }

    /// Fits a ladder.
    ///
    /// @param known points of the router's own models, which say what models are like
    /// @param readings of the prompts
    /// @param quality of each rung's answers to them
    public static LadderFit of(List<Ability> known, List<Reading> readings, double[]... quality) {
        var abilities = AbilityFit.find(known, readings, quality).models();
        var last = quality.length - 1;
        var curves = IntStream.range(0, last)
                .mapToObj(rung -> curve(
                        PairScore.fitted(abilities.get(rung), abilities.get(last), STRAIGHT),
                        readings,
                        quality[rung],
                        quality[last]))
                .toList();
        return new LadderFit(abilities, curves);
    }

    private static CalibrationCurve curve(PairScore score, List<Reading> readings, double[] rung, double[] last) {
        var raw = readings.stream().mapToDouble(score::raw).toArray();
        var good = IntStream.range(0, rung.length)
                .mapToDouble(row -> rung[row] >= last[row] ? 1 : 0)
                .toArray();
        return IsotonicFit.curve(raw, good);
    }

    public LadderScore score() {
        return LadderScore.fitted(abilities, curves);
    }
}
