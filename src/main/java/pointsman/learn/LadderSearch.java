package pointsman.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Finds the thresholds of a ladder that go furthest down a path while a promise holds: "the mean quality
/// is at most `maxDrop`, relatively, below the last rung's, with this confidence" (Angelopoulos et al.,
/// "Learn then Test", arXiv 2110.01052).
///
/// Of one prompt, (quality of the last rung - quality of the answer) - maxDrop * (quality of the last rung)
/// is a loss between -1 and 1 - maxDrop, and its mean is at most zero just where the promise holds. The
/// path's thresholds are tested
/// one after the other by [Betting], each at the full confidence, until one is not proved: thresholds that
/// break the promise are only reached if the first such are proved by mistake, so the whole sequence errs
/// no more often than a single test (fixed-sequence testing, Maurer et al. 1995). The path must be chosen
/// without these outcomes. That the last rung answers everything needs no proof.
public final class LadderSearch {
    private final double maxDrop;
    private final double confidence;
    private final MeanProof test;

    public LadderSearch(double maxDrop, double confidence) {
        this(maxDrop, confidence, new Betting());
    }

    public LadderSearch(double maxDrop, double confidence, MeanProof test) {
        this.maxDrop = maxDrop;
        this.confidence = confidence;
        this.test = test;
    }

    /// The last thresholds of the path that are proved, one a rung but the last; empty if none are by which
    /// another rung
    /// than the last would answer anything.
    ///
    /// @param sample scores in [0, 1] that owe nothing to these prompts' outcomes
    public List<Double> thresholds(LadderSample sample, LadderPath path) {
        var last = sample.rungs() - 1;
        var proved = List.<Double>of();
        var before = new int[sample.size()];
        Arrays.fill(before, last);
        for (var policy : path.policies()) {
            var chosen = sample.chosen(policy);
            if (!Arrays.equals(chosen, before)
                    && !test.proves(sample.losses(chosen, maxDrop), 1 - maxDrop, confidence)) {
                return proved;
            }
            if (IntStream.of(chosen).anyMatch(rung -> rung < last)) {
                proved = DoubleStream.of(policy).boxed().toList();
            }
            before = chosen;
        }
        return proved;
    }
}
