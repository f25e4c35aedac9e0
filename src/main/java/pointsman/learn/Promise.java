package pointsman.learn;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pointsman.score.Certificate;
import pointsman.score.QualityDrop;

/// A promise of the form "at most this drop of quality, with this confidence", and whether outcomes prove
/// it of any thresholds.
///
/// @param maxDrop that was asked for
/// @param proved what the thresholds that are proved to keep it make of the testing prompts, if there are
///     any; what is promised is `maxDrop`, not the drop there
/// @param naive what would seem possible on these prompts to who needs no proof, if anything
/// @param outcomesForProof about how many like these would prove something; empty if none or some already do
public record Promise(
        QualityDrop maxDrop, Optional<Routed> proved, Optional<Routed> naive, OptionalInt outcomesForProof) {
    private static final int MOST_TIMES = 32;
    private static final double ROUNDING = 1e-12;

    static Promise prove(QualityDrop maxDrop, double confidence, LadderSample test, LadderPath path) {
        var search = new LadderSearch(maxDrop.share(), confidence);
        var thresholds = search.thresholds(test, path);
        var isProved = !thresholds.isEmpty();
        return new Promise(
                maxDrop,
                isProved ? Optional.of(test.routed(thresholds)) : Optional.empty(),
                naive(maxDrop, test, path),
                isProved ? OptionalInt.empty() : outcomesForProof(search, test, path));
    }

    private static Optional<Routed> naive(QualityDrop maxDrop, LadderSample test, LadderPath path) {
        return path.routed(test)
                .filter(routed -> routed.drop() <= maxDrop.share() + ROUNDING)
                .filter(routed -> routed.answered().getLast() < test.size())
                .min(Comparator.comparingDouble(Routed::cost));
    }

    /// As if these prompts had come several times over: a rough guide, not a promise of its own.
    private static OptionalInt outcomesForProof(LadderSearch search, LadderSample test, LadderPath path) {
        return IntStream.iterate(2, times -> times <= MOST_TIMES, times -> 2 * times)
                .filter(times -> !search.thresholds(test.repeated(times), path).isEmpty())
                .map(times -> times * test.size())
                .findFirst();
    }

    /// What was proved, if anything was.
    Stream<Certificate> certificates(double confidence) {
        return proved.stream()
                .map(routed -> new Certificate(
                        maxDrop.share(), confidence, routed.thresholds(), shares(routed), routed.cost()));
    }

    private static List<Double> shares(Routed routed) {
        return IntStream.range(0, routed.answered().size())
                .mapToObj(routed::share)
                .toList();
    }
}
