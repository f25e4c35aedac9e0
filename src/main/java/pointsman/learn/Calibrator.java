package pointsman.learn;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.score.ModelPair;
import pointsman.score.PairCalibration;
import pointsman.score.QualityDrop;
import pointsman.score.Reading;
import pointsman.score.RouterModel;

/// Makes a pair's calibration from its outcomes.
///
/// A promise proved with the outcomes that shaped the score would be worth nothing, because the score knows them. So
/// the outcomes are shuffled and parted: a quarter of them, 100 to 500, fits the abilities and the curve; the others
/// test thresholds and nothing else. A pair that the router knows is not fitted, and all outcomes test.
public final class Calibrator {
    /// Fewer outcomes say nothing.
    public static final int FEWEST = 150;

    private static final int FEWEST_FITTED = 100;
    private static final int MOST_FITTED = 500;

    private final RouterModel router;
    private final double confidence;
    private final long seed;

    /// @param confidence of every promise, in (0, 1)
    /// @param seed of the shuffling
    public Calibrator(RouterModel router, double confidence, long seed) {
        this.router = router;
        this.confidence = confidence;
        this.seed = seed;
    }

    /// All that was found out.
    ///
    /// @param calibration for the gateway
    /// @param curve of the testing outcomes
    /// @param promises one for each drop that was asked for
    public record Result(PairCalibration calibration, QualityCurve curve, List<Promise> promises) {}

    /// Calibrates.
    ///
    /// @param outcomes at least [#FEWEST] of the models `small` and `large`
    /// @param readings of their prompts, in their order, with skills
    /// @param known the pair by its names in the training data, if it is one of the router's
    /// @param maxDrops the promises to prove
    public Result calibrate(
            List<Outcome> outcomes, List<Reading> readings, Optional<ModelPair> known, List<QualityDrop> maxDrops) {
        if (outcomes.size() < FEWEST) {
            throw new IllegalArgumentException(
                    "%d outcomes say too little: at least %d are needed".formatted(outcomes.size(), FEWEST));
        }
        var rows = IntStream.range(0, outcomes.size()).boxed().collect(Collectors.toList());
        Collections.shuffle(rows, new Random(seed));
        var fitted = known.isPresent() ? 0 : Math.clamp(outcomes.size() / 4, FEWEST_FITTED, MOST_FITTED);
        var all = new Columns(outcomes, readings);
        var pair = known.isPresent() ? known(known.get(), readings) : fit(all.of(rows.subList(0, fitted)), readings);
        var test = all.of(rows.subList(fitted, rows.size())).sample(pair);
        var promises = maxDrops.stream()
                .map(drop -> Promise.prove(drop, confidence, test))
                .toList();
        return new Result(calibration(pair, fitted, test, promises), test.curve(), promises);
    }

    private PairFit known(ModelPair pair, List<Reading> readings) {
        var abilities = KnownAbilities.of(readings);
        var score = router.pairScore(pair);
        return new PairFit(
                abilities.get(router.models().indexOf(pair.small())),
                abilities.get(router.models().indexOf(pair.large())),
                score.curve());
    }

    private static PairFit fit(Columns some, List<Reading> all) {
        return PairFit.of(KnownAbilities.of(all), some.readings(), some.small(), some.large());
    }

    private PairCalibration calibration(PairFit pair, int fitted, Sample test, List<Promise> promises) {
        return new PairCalibration(
                PairCalibration.VERSION,
                router.sha256(),
                fitted,
                test.size(),
                confidence,
                pair.small(),
                pair.large(),
                pair.curve(),
                promises.stream()
                        .filter(promise -> promise.threshold().isPresent())
                        .map(promise -> promise.certificate(confidence))
                        .toList());
    }

    /// Outcomes of a pair with what the router says about their prompts.
    private record Columns(List<Outcome> outcomes, List<Reading> readings) {
        Columns of(List<Integer> rows) {
            return new Columns(
                    rows.stream().map(outcomes::get).toList(),
                    rows.stream().map(readings::get).toList());
        }

        double[] small() {
            return outcomes.stream().mapToDouble(row -> row.of(Outcome.SMALL)).toArray();
        }

        double[] large() {
            return outcomes.stream().mapToDouble(row -> row.of(Outcome.LARGE)).toArray();
        }

        Sample sample(PairFit pair) {
            var score = pair.score();
            return new Sample(readings.stream().mapToDouble(score::of).toArray(), small(), large());
        }
    }
}
