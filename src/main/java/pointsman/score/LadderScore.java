package pointsman.score;

import java.util.List;

/// A ladder's arithmetic: each rung against the last one.
///
/// @param rungs all but the last, the cheapest first; a pair of models has one
public record LadderScore(List<PairScore> rungs) {
    public LadderScore {
        rungs = List.copyOf(rungs);
    }

    /// P(the rung's answer is good enough: not worse than the last rung's) for the text that was read,
    /// rung by rung.
    public double[] of(Reading reading) {
        return rungs.stream().mapToDouble(rung -> rung.of(reading)).toArray();
    }
}
