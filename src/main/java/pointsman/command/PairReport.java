package pointsman.command;

import java.util.Locale;
import java.util.stream.Collectors;
import pointsman.learn.Calibrator;
import pointsman.learn.Interval;
import pointsman.learn.Promise;
import pointsman.learn.Routed;

/// What `calibrate` says of a pair: a sentence for each promise.
final class PairReport {
    private PairReport() {}

    static String text(Calibrator.Result result, double confidence) {
        return result.promises().stream()
                .map(promise -> sentence(promise, confidence))
                .collect(Collectors.joining("\n", summary(result) + "\n", ""));
    }

    private static String summary(Calibrator.Result result) {
        var curve = result.test().pair(0).curve();
        return String.format(
                Locale.ROOT,
                "%d outcomes fitted the pair, %d others tested thresholds%n"
                        + "mean quality: small %.3f, large %.3f; %s",
                result.calibration().fittedOn(),
                result.calibration().testedOn(),
                curve.small(),
                curve.large(),
                curve.large() > curve.small()
                        ? String.format(Locale.ROOT, "APGR %.3f (random 0.5)", curve.apgr())
                        : "small is as good as large here");
    }

    private static String sentence(Promise promise, double confidence) {
        return String.format(Locale.ROOT, "at most %s drop, confidence %s: ", promise.maxDrop(), confidence)
                + promise.proved()
                        .map(PairReport::saving)
                        .orElseGet(() -> "no saving can be promised. " + reason(promise));
    }

    private static String saving(Routed proved) {
        var share = Interval.wilson(proved.answered().getFirst(), proved.prompts());
        return String.format(
                Locale.ROOT,
                "threshold %.3f; small answers %.1f %% (%.1f to %.1f %%) of prompts like these; drop here %.2f %%",
                proved.thresholds().getFirst(),
                100 * share.value(),
                100 * share.low(),
                100 * share.high(),
                100 * proved.drop());
    }

    private static String reason(Promise promise) {
        return promise.outcomesForProof().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "On these outcomes small could have answered %.1f %%, but they are too few to prove any of it:"
                                + " about %d might.",
                        100 * promise.naive().map(routed -> routed.share(0)).orElse(0.0),
                        promise.outcomesForProof().getAsInt())
                : "The score does not tell well enough where small is good enough: send everything to large, or allow"
                        + " a larger drop.";
    }
}
