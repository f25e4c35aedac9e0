package pointsman.score;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// A raw pair score's probability: isotonic regression of what happened on the raw score (Zadrozny & Elkan 2002),
/// kept as knots between which is interpolated. Between strictly rising knots the order of two prompts is never
/// lost.
public final class CalibrationCurve {
    private final double[] raw;
    private final double[] probability;

    /// Checks that the knots rise.
    ///
    /// @param raw rising raw scores
    /// @param probability P(the small model is good enough) at each, never falling
    @JsonCreator
    public CalibrationCurve(
            @JsonProperty("raw") List<Double> raw, @JsonProperty("probability") List<Double> probability) {
        if (raw.size() < 2 || raw.size() != probability.size()) {
            throw new IllegalArgumentException("a curve needs at least two knots, and a probability for each");
        }
        this.raw = raw.stream().mapToDouble(Double::doubleValue).toArray();
        this.probability = probability.stream().mapToDouble(Double::doubleValue).toArray();
        for (var knot = 0; knot < this.raw.length; knot++) {
            requireOrder(knot);
        }
    }

    private void requireOrder(int knot) {
        var rises = knot == 0 || (raw[knot] > raw[knot - 1] && probability[knot] >= probability[knot - 1]);
        if (!rises || !(probability[knot] >= 0 && probability[knot] <= 1)) {
            throw new IllegalArgumentException("knot %d of a curve does not rise within 0 to 1".formatted(knot + 1));
        }
    }

    @JsonProperty("raw")
    List<Double> raw() {
        return DoubleStream.of(raw).boxed().toList();
    }

    @JsonProperty("probability")
    List<Double> probability() {
        return DoubleStream.of(probability).boxed().toList();
    }

    /// P(the small model is good enough) at a raw score; beyond the knots that of the nearest one.
    public double probability(double score) {
        var found = Arrays.binarySearch(raw, score);
        var next = found >= 0 ? found : -found - 1;
        if (next == 0 || next == raw.length) {
            return probability[Math.min(next, raw.length - 1)];
        }
        var share = (score - raw[next - 1]) / (raw[next] - raw[next - 1]);
        return probability[next - 1] + share * (probability[next] - probability[next - 1]);
    }
}
