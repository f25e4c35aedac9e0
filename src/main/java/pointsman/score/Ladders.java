package pointsman.score;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The ladders that prompts are scored for, by the names of their routes. Two kinds are always there
/// beside them: the pair of the configuration, [Calibrations#STANDARD], and every calibration by its
/// own name.
///
/// @param byName none of them of the standard name
public record Ladders(Map<String, LadderSpec> byName) {
    private static final String PROPERTY = "pointsman.routes.";

    public Ladders {
        byName = Map.copyOf(byName);
        if (byName.containsKey(Calibrations.STANDARD)) {
            throw new IllegalArgumentException(PROPERTY + ": a route needs a name");
        }
    }

    /// The arithmetic of these ladders and of all calibrations.
    ///
    /// @throws IllegalArgumentException with the property's name, if the router does not know a rung,
    ///     there is no such calibration, one belongs to another router, or a name means two ladders
    Map<String, LadderScore> scores(RouterModel router, Calibrations calibrations) {
        var calibrated = calibrations.ladderScores(router);
        var scores = new HashMap<>(calibrated);
        byName.forEach((name, spec) -> {
            try {
                scores.put(name, score(name, spec, router, calibrated));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(PROPERTY + name + ": " + wrong.getMessage(), wrong);
            }
        });
        return scores;
    }

    private static LadderScore score(
            String name, LadderSpec spec, RouterModel router, Map<String, LadderScore> calibrated) {
        var namesake = Optional.ofNullable(calibrated.get(name));
        var score = switch (spec) {
            case LadderSpec.Rungs rungs -> router.ladderScore(rungs);
            case LadderSpec.Calibrated(var calibration) ->
                Optional.ofNullable(calibrated.get(calibration))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "calibration: there is no '%s' under pointsman.router.calibrations"
                                        .formatted(calibration)));
        };
        if (namesake.isPresent() && !namesake.get().equals(score)) {
            throw new IllegalArgumentException(
                    "a calibration under pointsman.router.calibrations has this name, and is another ladder");
        }
        return score;
    }
}
