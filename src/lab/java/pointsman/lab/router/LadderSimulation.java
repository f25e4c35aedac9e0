package pointsman.lab.router;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.learn.LadderSearch;
import pointsman.score.QualityDrop;

/// How often the promise of a ladder is broken and what it saves, found out by making it many times, as
/// [GuaranteeSimulation] does for a pair. Each time the outcomes drawn are parted as `calibrate` parts
/// them: a quarter, at most 500, for curves and path, the others for the proof.
final class LadderSimulation {
    private static final int MOST_FITTED = 500;
    private static final double ROUNDING = 1e-12;

    private final LadderWorld world;
    private final int outcomes;
    private final int draws;
    private final double confidence;
    private final long seed;

    LadderSimulation(LadderWorld world, int outcomes, int draws, double confidence, long seed) {
        this.world = world;
        this.outcomes = outcomes;
        this.draws = draws;
        this.confidence = confidence;
        this.seed = seed;
    }

    /// What came of one promise.
    ///
    /// @param cost relative to the last rung's
    /// @param drop of quality in the whole world
    private record Kept(double cost, double drop) {}

    /// A Markdown table, a row for each way and drop.
    String table(List<QualityDrop> drops) {
        var rows = drops.stream()
                .flatMap(drop ->
                        LadderWay.all(world.rungs()).stream().map(way -> row(drop, way, simulate(way, drop.share()))))
                .collect(Collectors.joining("\n"));
        return String.format(Locale.ROOT, """
                %d draws of %d outcomes, confidence %.2f

                | promise | way | promise broken | mean drop | cost, mean (95 %% of draws) | best constant |
                |---|---|---|---|---|---|
                %s
                """, draws, outcomes, confidence, rows);
    }

    private String row(QualityDrop drop, LadderWay way, List<Kept> kept) {
        var costs = kept.stream().mapToDouble(Kept::cost).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "| at most %s | %s | %.1f %% | %.2f %% | %.1f %% (%.1f to %.1f %%) | %s |",
                drop,
                way.name(),
                100.0
                        * kept.stream()
                                .filter(each -> each.drop() > drop.share() + ROUNDING)
                                .count()
                        / draws,
                100 * kept.stream().mapToDouble(Kept::drop).average().orElseThrow(),
                100 * Arrays.stream(costs).average().orElseThrow(),
                100 * Bootstrap.around(costs).low(),
                100 * Bootstrap.around(costs).high(),
                world.bestConstant(drop.share()));
    }

    private List<Kept> simulate(LadderWay way, double maxDrop) {
        return IntStream.range(0, draws)
                .parallel()
                .mapToObj(draw -> simulate(way, maxDrop, new SplittableRandom(seed + draw)))
                .toList();
    }

    private Kept simulate(LadderWay way, double maxDrop, SplittableRandom random) {
        var drawn = IntStream.generate(() -> random.nextInt(world.fold().length))
                .limit(outcomes)
                .toArray();
        var fitting = Arrays.copyOf(drawn, Math.min(outcomes / 4, MOST_FITTED));
        var testing = Arrays.copyOfRange(drawn, fitting.length, outcomes);
        var curves = world.curves(way, fitting);
        var path = world.path(way, fitting, curves);
        var thresholds = new LadderSearch(maxDrop, confidence).thresholds(world.sample(way, testing, curves), path);
        if (thresholds.isEmpty()) {
            return new Kept(1, 0);
        }
        var routed = world.sample(way, world.all(), curves).routed(thresholds);
        return new Kept(routed.cost(), routed.drop());
    }
}
