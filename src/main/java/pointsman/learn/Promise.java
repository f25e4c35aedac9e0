package pointsman.learn;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import pointsman.score.Certificate;
import pointsman.score.QualityDrop;

/// A promise of the form "at most this drop of quality, with this confidence", and whether outcomes prove it of any
/// threshold.
///
/// @param maxDrop that was asked for
/// @param threshold that is proved to keep it, if there is one
/// @param saving share of the testing prompts that small answers from the threshold on
/// @param drop of quality on the testing prompts, relative; what is promised is `maxDrop`, not this
/// @param naiveSaving what would seem possible on these prompts to who needs no proof
/// @param outcomesForProof about how many like these would prove something; empty if none or some already do
public record Promise(
        QualityDrop maxDrop,
        OptionalDouble threshold,
        Interval saving,
        double drop,
        double naiveSaving,
        OptionalInt outcomesForProof) {
    private static final int MOST_TIMES = 32;

    static Promise prove(QualityDrop maxDrop, double confidence, Sample test) {
        var search = new ThresholdSearch(maxDrop.share(), confidence);
        var threshold = search.threshold(test);
        var applied = threshold.orElse(Double.POSITIVE_INFINITY);
        return new Promise(
                maxDrop,
                threshold,
                Interval.wilson(test.countFrom(applied), test.size()),
                1 - test.qualityRoutedAt(applied) / test.meanLarge(),
                test.curve().costAdvantage(maxDrop.share()),
                threshold.isPresent() ? OptionalInt.empty() : outcomesForProof(search, test));
    }

    /// As if these prompts had come several times over: a rough guide, not a promise of its own.
    private static OptionalInt outcomesForProof(ThresholdSearch search, Sample test) {
        return IntStream.iterate(2, times -> times <= MOST_TIMES, times -> 2 * times)
                .filter(times -> search.threshold(test.repeated(times)).isPresent())
                .map(times -> times * test.size())
                .findFirst();
    }

    Certificate certificate(double confidence) {
        return new Certificate(maxDrop.share(), confidence, threshold.orElseThrow(), saving.value());
    }
}
