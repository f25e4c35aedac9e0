package pointsman.command;

import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.learn.Calibrator;
import pointsman.learn.LadderSample;
import pointsman.learn.Promise;
import pointsman.learn.Routed;
import pointsman.score.LadderCalibration;
import pointsman.score.QualityDrop;

/// What `calibrate` says of a ladder: a table with a row for each promise, and beside it the best constant:
/// the cheapest
/// rung that would keep the promise by itself, as far as these outcomes show.
final class LadderReport {
    private final LadderCalibration calibration;
    private final LadderSample test;

    private LadderReport(Calibrator.Result result) {
        calibration = result.calibration();
        test = result.test();
    }

    static String text(Calibrator.Result result, double confidence) {
        var report = new LadderReport(result);
        return String.format(
                Locale.ROOT,
                """
                %d outcomes fitted the ladder, %d others tested thresholds
                mean quality: %s

                | promise, confidence %s | thresholds | answered by | cost (all by the last: 100 %%) | drop here | best constant |
                |---|---|---|---|---|---|
                %s
                """,
                report.calibration.fittedOn(),
                report.calibration.testedOn(),
                report.each(rung -> String.format(
                        Locale.ROOT,
                        "%s %.3f (cost %s)",
                        report.name(rung),
                        report.test.meanQuality(rung),
                        report.cost(rung))),
                confidence,
                result.promises().stream().map(report::row).collect(Collectors.joining("\n")));
    }

    private String row(Promise promise) {
        return promise.proved()
                .map(routed -> row(promise.maxDrop(), routed))
                .orElseGet(() -> "| at most %s | none proved%s | %s 100.0 %% | 100.0 %% | 0.00 %% | %s |"
                        .formatted(
                                promise.maxDrop(), more(promise), name(test.rungs() - 1), constant(promise.maxDrop())));
    }

    private String row(QualityDrop maxDrop, Routed routed) {
        return String.format(
                Locale.ROOT,
                "| at most %s | %s | %s | %.1f %% | %.2f %% | %s |",
                maxDrop,
                routed.thresholds().stream()
                        .map(threshold -> String.format(Locale.ROOT, "%.3f", threshold))
                        .collect(Collectors.joining(", ")),
                each(rung -> String.format(Locale.ROOT, "%s %.1f %%", name(rung), 100 * routed.share(rung))),
                100 * routed.cost(),
                100 * routed.drop(),
                constant(maxDrop));
    }

    private static String more(Promise promise) {
        return promise.outcomesForProof().isPresent()
                ? ", about %d outcomes might"
                        .formatted(promise.outcomesForProof().getAsInt())
                : "";
    }

    private String constant(QualityDrop maxDrop) {
        var least = (1 - maxDrop.share()) * test.meanQuality(test.rungs() - 1);
        var best = IntStream.range(0, test.rungs())
                .filter(rung -> test.meanQuality(rung) >= least)
                .findFirst()
                .orElse(test.rungs() - 1);
        return "%s, %s".formatted(name(best), cost(best));
    }

    private String each(IntFunction<String> words) {
        return IntStream.range(0, test.rungs()).mapToObj(words).collect(Collectors.joining(", "));
    }

    private String name(int rung) {
        return calibration.rungs().get(rung).name();
    }

    private String cost(int rung) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * test.relativeCost(rung));
    }
}
