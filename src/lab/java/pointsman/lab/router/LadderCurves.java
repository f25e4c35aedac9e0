package pointsman.lab.router;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pointsman.learn.Routed;
import pointsman.score.QualityDrop;

/// What quality each way to use a ladder has at each cost, in cross-validation: the curves and the path
/// are fitted on the other folds' prompts. It is read off these prompts, so it promises nothing for
/// others.
final class LadderCurves {
    private static final int STEPS = 1000;
    private static final double[] COSTS = {0.1, 0.25, 0.5, 0.75};
    private static final double ROUNDING = 1e-9;

    private final LadderWorld world;
    private final double last;

    LadderCurves(LadderWorld world) {
        this.world = world;
        last = world.meanQuality(world.rungs().size() - 1);
    }

    /// A Markdown table: what is spent for each drop, and the quality at some costs, both relative to
    /// the last rung.
    String table(List<QualityDrop> drops) {
        var rows = LadderWay.all(world.rungs()).stream()
                .map(way -> row(way.name(), quality(way), drops))
                .collect(Collectors.joining("\n"));
        return String.format(
                Locale.ROOT,
                """
                %d prompts; mean quality: %s

                | way | cost at a drop of at most %s | quality at %s of the cost |
                |---|---|---|
                %s
                | best constant | %s | |
                """,
                world.fold().length,
                IntStream.range(0, world.rungs().size())
                        .mapToObj(rung -> String.format(
                                Locale.ROOT,
                                "%s %.3f (cost %.1f %%)",
                                world.rungs().names().get(rung),
                                world.meanQuality(rung),
                                100 * world.rungs().relativeCosts()[rung]))
                        .collect(Collectors.joining(", ")),
                drops.stream().map(QualityDrop::toString).collect(Collectors.joining(" / ")),
                percentages(DoubleStream.of(COSTS)),
                rows,
                drops.stream().map(drop -> world.bestConstant(drop.share())).collect(Collectors.joining(" / ")));
    }

    private String row(String name, double[] quality, List<QualityDrop> drops) {
        return "| %s | %s | %s |"
                .formatted(
                        name,
                        percentages(drops.stream().mapToDouble(drop -> cost(quality, drop.share()))),
                        DoubleStream.of(COSTS)
                                .map(cost -> quality[(int) Math.round(cost * STEPS)])
                                .mapToObj(at -> at < 0 ? "-" : String.format(Locale.ROOT, "%.3f", at))
                                .collect(Collectors.joining(" / ")));
    }

    private double cost(double[] quality, double maxDrop) {
        return IntStream.rangeClosed(0, STEPS)
                        .filter(step -> quality[step] >= (1 - maxDrop) * last - ROUNDING)
                        .findFirst()
                        .orElse(STEPS)
                / (double) STEPS;
    }

    /// At each cost from 0 to 1. Between two neighbours of the path is interpolated, as if it were
    /// diced which counts.
    private double[] quality(LadderWay way) {
        var sum = new double[STEPS + 1];
        IntStream.of(world.fold()).distinct().forEach(fold -> {
            var test = rows(fold, true);
            var routed = routed(way, rows(fold, false), test);
            for (var step = 0; step <= STEPS; step++) {
                sum[step] += test.length * quality(routed, (double) step / STEPS);
            }
        });
        return DoubleStream.of(sum).map(each -> each / world.fold().length).toArray();
    }

    private int[] rows(int fold, boolean inside) {
        return IntStream.of(world.all())
                .filter(row -> inside == (world.fold()[row] == fold))
                .toArray();
    }

    /// What the path makes of a fold, the dearest first.
    private List<Point> routed(LadderWay way, int[] others, int[] test) {
        var curves = world.curves(way, others);
        var path = world.path(way, others, curves);
        var sample = world.sample(way, test, curves);
        var level = sample.meanQuality(sample.rungs() - 1);
        return Stream.concat(Stream.of(new Point(1, level)), path.routed(sample).map(each -> Point.of(each, level)))
                .toList();
    }

    private record Point(double cost, double quality) {
        static Point of(Routed routed, double last) {
            return new Point(routed.cost(), (1 - routed.drop()) * last);
        }
    }

    private static double quality(List<Point> points, double cost) {
        var before = points.getFirst();
        for (var point : points) {
            if (point.cost() <= cost) {
                var width = before.cost() - point.cost();
                var part = width > ROUNDING ? (cost - point.cost()) / width : 0;
                return point.quality() + part * (before.quality() - point.quality());
            }
            before = point;
        }
        return Double.NEGATIVE_INFINITY; // so little money buys nothing
    }

    private static String percentages(DoubleStream shares) {
        return shares.mapToObj(share -> String.format(Locale.ROOT, "%.1f %%", 100 * share))
                .collect(Collectors.joining(" / "));
    }
}
