package pointsman.learn;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Lays [LadderPath#steepest]: from where it stands it looks how far each threshold could be lowered,
/// and goes where the money saved for the quality lost is most.
final class SteepestDescent {
    private static final double NOTHING = 1e-9;

    private final double[][] score;
    private final double[][] gain; // of each rung over the last, by prompt
    private final double[] cost;
    private final int[][] order; // of each rung but the last: prompts, the highest score first
    private final int[] chosen;

    SteepestDescent(double[][] score, double[][] gain, double[] cost) {
        var prompts = score[0].length;
        this.score = score;
        this.gain = Arrays.copyOf(gain, score.length + 1);
        this.gain[score.length] = new double[prompts];
        this.cost = cost;
        order = Arrays.stream(score).map(SteepestDescent::falling).toArray(int[][]::new);
        chosen = new int[prompts];
        Arrays.fill(chosen, score.length);
    }

    /// One threshold, lowered.
    ///
    /// @param slope quality lost for the money saved; below zero where some is won
    private record Move(int rung, int step, double slope) {
        boolean isBetterThan(Optional<Move> other) {
            return other.isEmpty() || slope < other.get().slope();
        }
    }

    List<double[]> policies() {
        var descent = new LadderPath.Descent(order.length);
        for (var move = best(descent); move.isPresent(); move = best(descent)) {
            var rung = move.get().rung();
            descent.lower(rung, move.get().step());
            take(rung, LadderPath.threshold(move.get().step()));
        }
        for (var rung = order.length - 1; rung >= 0; rung--) {
            descent.lower(rung, 0); // scores that no prompt had here
        }
        return descent.policies();
    }

    private Optional<Move> best(LadderPath.Descent descent) {
        return IntStream.range(0, order.length)
                .mapToObj(rung -> best(rung, descent.step(rung)))
                .flatMap(Optional::stream)
                .min(Comparator.comparingDouble(Move::slope));
    }

    /// The best way to lower one rung's threshold below where it stands.
    private Optional<Move> best(int rung, int from) {
        var best = Optional.<Move>empty();
        var saved = 0.0;
        var lost = 0.0;
        var moved = 0;
        for (var place = 0; place < order[rung].length; place++) {
            var prompt = order[rung][place];
            if (chosen[prompt] > rung) {
                saved += cost[chosen[prompt]] - cost[rung];
                lost += gain[chosen[prompt]][prompt] - gain[rung][prompt];
                moved++;
            }
            var step = LadderPath.Descent.stepOf(score[rung][prompt]);
            var move = new Move(rung, step, lost / Math.max(saved, NOTHING));
            if (moved > 0 && step < from && isLastAt(step, rung, place) && move.isBetterThan(best)) {
                best = Optional.of(move);
            }
        }
        return best;
    }

    /// Whether all prompts that this step lets through were counted.
    private boolean isLastAt(int step, int rung, int place) {
        return place + 1 == order[rung].length || score[rung][order[rung][place + 1]] < LadderPath.threshold(step);
    }

    private void take(int rung, double threshold) {
        for (var prompt = 0; prompt < chosen.length; prompt++) {
            if (chosen[prompt] > rung && score[rung][prompt] >= threshold) {
                chosen[prompt] = rung;
            }
        }
    }

    private static int[] falling(double[] score) {
        var rising = Sample.order(score);
        return IntStream.range(0, rising.length)
                .map(place -> rising[rising.length - 1 - place])
                .toArray();
    }
}
