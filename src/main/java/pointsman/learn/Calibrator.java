package pointsman.learn;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.score.LadderCalibration;
import pointsman.score.LadderSpec;
import pointsman.score.PairScore;
import pointsman.score.QualityDrop;
import pointsman.score.Reading;
import pointsman.score.RouterModel;

/// Makes a ladder's calibration from its outcomes.
///
/// A promise proved with the outcomes that shaped the score would be worth nothing, because the score
/// knows them. So the outcomes are shuffled and parted: a quarter of them, 100 to 500, fits the
/// abilities and the curves, and the path of thresholds; the others test thresholds and nothing else.
/// Rungs that the router knows are not fitted, and of a pair, which has one path, all outcomes test
/// then.
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
    /// @param test the testing outcomes as the calibration scores them
    /// @param promises one for each drop that was asked for
    public record Result(LadderCalibration calibration, LadderSample test, List<Promise> promises) {}

    /// Calibrates.
    ///
    /// @param outcomes at least [#FEWEST], each of all rungs
    /// @param readings of their prompts, in their order, with skills
    /// @param rungs which models
    /// @param known the rungs by their names in the training data, if they are the router's
    /// @param maxDrops the promises to prove
    /// @throws IllegalArgumentException if there are too few outcomes, or one is not of all rungs
    public Result calibrate(
            List<Outcome> outcomes,
            List<Reading> readings,
            Rungs rungs,
            Optional<LadderSpec.Rungs> known,
            List<QualityDrop> maxDrops) {
        if (outcomes.size() < FEWEST) {
            throw new IllegalArgumentException(
                    "%d outcomes say too little: at least %d are needed".formatted(outcomes.size(), FEWEST));
        }
        rungs.requireAllIn(outcomes);
        var rows = IntStream.range(0, outcomes.size()).boxed().collect(Collectors.toList());
        Collections.shuffle(rows, new Random(seed));
        var all = new Columns(outcomes, readings, rungs);
        var parted = known.isEmpty() || rungs.size() > 2;
        var fitting = parted ? Math.clamp(outcomes.size() / 4, FEWEST_FITTED, MOST_FITTED) : 0;
        var some = all.of(rows.subList(0, fitting));
        var ladder = known.isPresent() ? known(known.get(), readings) : fit(some, readings);
        var path = rungs.size() > 2 ? some.path(ladder) : LadderPath.equal(1);
        var test = all.of(rows.subList(fitting, rows.size())).sample(ladder);
        var promises = maxDrops.stream()
                .map(drop -> Promise.prove(drop, confidence, test, path))
                .toList();
        return new Result(calibration(ladder, rungs, fitting, test, promises), test, promises);
    }

    private LadderFit known(LadderSpec.Rungs words, List<Reading> readings) {
        var abilities = KnownAbilities.of(readings);
        return new LadderFit(
                words.words().stream()
                        .map(name -> abilities.get(router.models().indexOf(name)))
                        .toList(),
                router.ladderScore(words).rungs().stream().map(PairScore::curve).toList());
    }

    private static LadderFit fit(Columns some, List<Reading> all) {
        return LadderFit.of(KnownAbilities.of(all), some.readings(), some.quality());
    }

    private LadderCalibration calibration(
            LadderFit ladder, Rungs rungs, int fitted, LadderSample test, List<Promise> promises) {
        return new LadderCalibration(
                LadderCalibration.VERSION,
                router.sha256(),
                fitted,
                test.size(),
                confidence,
                IntStream.range(0, rungs.size())
                        .mapToObj(rung -> new LadderCalibration.Rung(
                                rungs.names().get(rung),
                                rungs.costs().get(rung),
                                ladder.abilities().get(rung)))
                        .toList(),
                ladder.curves(),
                promises.stream()
                        .flatMap(promise -> promise.certificates(confidence))
                        .toList());
    }

    /// Outcomes of a ladder with what the router says about their prompts.
    private record Columns(List<Outcome> outcomes, List<Reading> readings, Rungs rungs) {
        Columns of(List<Integer> rows) {
            return new Columns(
                    rows.stream().map(outcomes::get).toList(),
                    rows.stream().map(readings::get).toList(),
                    rungs);
        }

        double[][] quality() {
            return rungs.quality(outcomes);
        }

        LadderPath path(LadderFit ladder) {
            var pairs = ladder.score().rungs();
            return LadderPath.steepest(
                    columns(pairs, PairScore::of), columns(pairs, PairScore::raw), rungs.relativeCosts());
        }

        private double[][] columns(List<PairScore> pairs, ToDoubleBiFunction<PairScore, Reading> value) {
            return pairs.stream()
                    .map(pair -> readings.stream()
                            .mapToDouble(reading -> value.applyAsDouble(pair, reading))
                            .toArray())
                    .toArray(double[][]::new);
        }

        LadderSample sample(LadderFit ladder) {
            return new LadderSample(columns(ladder.score().rungs(), PairScore::of), quality(), rungs.relativeCosts());
        }
    }
}
