package pointsman.learn;

import java.util.List;

/// What becomes of some prompts by some thresholds.
///
/// @param thresholds of each rung but the last, the cheapest first
/// @param answered how many prompts each rung answers
/// @param cost of the answers, relative to what the last rung would cost for all
/// @param drop of the mean quality, relative to the last rung's
public record Routed(List<Double> thresholds, List<Integer> answered, double cost, double drop) {
    public Routed {
        thresholds = List.copyOf(thresholds);
        answered = List.copyOf(answered);
    }

    public int prompts() {
        return answered.stream().mapToInt(Integer::intValue).sum();
    }

    /// Of the prompts, what a rung answers.
    public double share(int rung) {
        return (double) answered.get(rung) / prompts();
    }
}
