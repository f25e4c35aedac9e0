package pointsman.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Prompts with a score for every rung of a ladder but the last, and the quality of all rungs' answers.
/// Immutable.
public final class LadderSample {
    private final double[][] score;
    private final double[][] quality;
    private final double[] cost;

    /// @param score of each rung but the last, the cheapest first, of each prompt; higher speaks for
    ///     the rung
    /// @param quality of each rung's answer to each prompt, in [0, 1]
    /// @param cost of an answer of each rung, relative to the last one's
    public LadderSample(double[][] score, double[][] quality, double[] cost) {
        this.score = score;
        this.quality = quality;
        this.cost = cost;
    }

    public int size() {
        return quality[0].length;
    }

    public int rungs() {
        return quality.length;
    }

    /// Of an answer of a rung, relative to the last one's.
    public double relativeCost(int rung) {
        return cost[rung];
    }

    public double meanQuality(int rung) {
        return Arrays.stream(quality[rung]).average().orElse(Double.NaN);
    }

    /// Which rung answers each prompt: the first whose score is at or above its threshold, else the
    /// last.
    int[] chosen(double[] thresholds) {
        var chosen = new int[size()];
        for (var prompt = 0; prompt < chosen.length; prompt++) {
            var rung = 0;
            while (rung < thresholds.length && score[rung][prompt] < thresholds[rung]) {
                rung++;
            }
            chosen[prompt] = rung;
        }
        return chosen;
    }

    /// Of each prompt: what is lost against the last rung, less what may be lost.
    double[] losses(int[] chosen, double maxDrop) {
        var last = quality[rungs() - 1];
        return IntStream.range(0, chosen.length)
                .mapToDouble(prompt -> (1 - maxDrop) * last[prompt] - quality[chosen[prompt]][prompt])
                .toArray();
    }

    /// What becomes of these prompts by some thresholds.
    public Routed routed(List<Double> thresholds) {
        var chosen = chosen(thresholds.stream().mapToDouble(Double::doubleValue).toArray());
        var answered = new int[rungs()];
        var sum = 0.0;
        for (var prompt = 0; prompt < chosen.length; prompt++) {
            answered[chosen[prompt]]++;
            sum += quality[chosen[prompt]][prompt];
        }
        var spent = IntStream.range(0, rungs())
                .mapToDouble(rung -> answered[rung] * cost[rung])
                .sum();
        return new Routed(
                thresholds,
                Arrays.stream(answered).boxed().toList(),
                spent / size(),
                1 - sum / size() / meanQuality(rungs() - 1));
    }

    /// Some of these prompts, in this order.
    private LadderSample rows(int[] rows) {
        return new LadderSample(
                Arrays.stream(score).map(each -> Sample.pick(each, rows)).toArray(double[][]::new),
                Arrays.stream(quality).map(each -> Sample.pick(each, rows)).toArray(double[][]::new),
                cost);
    }

    /// These prompts, several times over.
    LadderSample repeated(int times) {
        return rows(IntStream.range(0, times * size()).map(row -> row % size()).toArray());
    }

    /// A rung and the last one as a pair.
    public Sample pair(int rung) {
        return new Sample(score[rung], quality[rung], quality[rungs() - 1]);
    }
}
