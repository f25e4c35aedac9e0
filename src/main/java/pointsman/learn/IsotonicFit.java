package pointsman.learn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import pointsman.score.CalibrationCurve;

/// The rising curve that is nearest to what happened (isotonic regression by pooling adjacent violators, Ayer et al.
/// 1955), of means over quantiles of the raw score, as `router-model/train/calibrate.py` does it. Quantiles that the
/// regression ties become one knot, so that the curve rises strictly and the order of two prompts is never lost.
public final class IsotonicFit {
    private static final int BINS = 24;
    private static final double LEAST = 0.002; // no probability is 0 or 1

    private IsotonicFit() {}

    /// A level of the curve, and the quantiles that share it.
    private record Block(double goodSum, int count, int bins, double middleSum) {
        double level() {
            return goodSum / count;
        }

        double middle() {
            return middleSum / bins;
        }

        Block with(Block next) {
            return new Block(goodSum + next.goodSum, count + next.count, bins + next.bins, middleSum + next.middleSum);
        }
    }

    /// Fits.
    ///
    /// @param raw scores in [-1, 1]
    /// @param good 1 where small was good enough
    public static CalibrationCurve curve(double[] raw, double[] good) {
        var knotsRaw = new ArrayList<>(List.of(-1.0));
        var knotsLevel = new ArrayList<Double>();
        for (var block : risingBlocks(raw, good)) {
            if (block.middle() > knotsRaw.getLast()) {
                knotsRaw.add(block.middle());
                knotsLevel.add(Math.clamp(block.level(), LEAST, 1 - LEAST));
            }
        }
        knotsRaw.add(1.0);
        knotsLevel.addFirst(knotsLevel.getFirst() / 2);
        knotsLevel.addLast((1 + knotsLevel.getLast()) / 2);
        return new CalibrationCurve(knotsRaw, knotsLevel);
    }

    private static Iterable<Block> risingBlocks(double[] raw, double[] good) {
        var order = Sample.order(raw);
        var bins = Math.min(BINS, raw.length);
        var blocks = new ArrayDeque<Block>();
        var start = 0;
        for (var bin = 0; bin < bins; bin++) {
            var end = start + raw.length / bins + (bin < raw.length % bins ? 1 : 0);
            var block = block(
                    raw,
                    good,
                    IntStream.range(start, end).map(place -> order[place]).toArray());
            while (!blocks.isEmpty() && blocks.getLast().level() >= block.level()) {
                block = blocks.removeLast().with(block);
            }
            blocks.addLast(block);
            start = end;
        }
        return blocks;
    }

    private static Block block(double[] raw, double[] good, int[] rows) {
        var rawSum = IntStream.of(rows).mapToDouble(row -> raw[row]).sum();
        var goodSum = IntStream.of(rows).mapToDouble(row -> good[row]).sum();
        return new Block(goodSum, rows.length, 1, rawSum / rows.length);
    }
}
