package pointsman.score;

import java.util.List;
import java.util.stream.IntStream;

/// A ladder's arithmetic: each rung against the last one.
///
/// @param rungs all but the last, the cheapest first; a pair of models has one
public record LadderScore(List<PairScore> rungs) {
    public LadderScore {
        rungs = List.copyOf(rungs);
    }

    /// The arithmetic of rungs that were fitted from outcomes.
    ///
    /// @param abilities one a rung, the cheapest first
    /// @param curves one a rung but the last
    public static LadderScore fitted(List<Ability> abilities, List<CalibrationCurve> curves) {
        return new LadderScore(IntStream.range(0, curves.size())
                .mapToObj(rung -> PairScore.fitted(abilities.get(rung), abilities.getLast(), curves.get(rung)))
                .toList());
    }
}
