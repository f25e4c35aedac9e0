package pointsman.learn;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import pointsman.score.LadderSpec;

/// The models of a ladder as outcomes name them, and what they cost.
///
/// @param names the cheapest first
/// @param costs of an answer of each, on average, in any unit
public record Rungs(List<String> names, List<Double> costs) {
    /// Of files of one pair: nothing is said of what the small model costs, so it counts as nothing.
    public static final Rungs PAIR = new Rungs(List.of(Outcome.SMALL, Outcome.LARGE), List.of(0.0, 1.0));

    public Rungs {
        names = List.copyOf(names);
        costs = List.copyOf(costs);
        LadderSpec.requireSize(names.size());
        if (names.contains("") || new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("must be different models, was " + String.join(",", names));
        }
        if (costs.size() != names.size() || !areRising(costs)) {
            throw new IllegalArgumentException(
                    "must be a cost for each rung, the cheapest first, the last above 0, was " + costs);
        }
    }

    private static boolean areRising(List<Double> costs) {
        return IntStream.range(1, costs.size()).allMatch(rung -> costs.get(rung) >= costs.get(rung - 1))
                && costs.getFirst() >= 0
                && costs.getLast() > 0
                && Double.isFinite(costs.getLast());
    }

    public int size() {
        return names.size();
    }

    /// What an answer of each costs beside one of the last.
    public double[] relativeCosts() {
        return costs.stream().mapToDouble(cost -> cost / costs.getLast()).toArray();
    }

    /// Checks that every outcome is of all rungs: to leave out those that are not would promise
    /// something of other prompts than those that will come.
    ///
    /// @throws IllegalArgumentException if one is not
    void requireAllIn(List<Outcome> outcomes) {
        for (var name : names) {
            var missing =
                    outcomes.stream().filter(outcome -> !outcome.has(name)).count();
            if (missing > 0) {
                throw new IllegalArgumentException(
                        "%d of %d outcomes have no quality of '%s'".formatted(missing, outcomes.size(), name));
            }
        }
    }

    /// The quality of each rung's answers.
    public double[][] quality(List<Outcome> outcomes) {
        return names.stream()
                .map(name -> outcomes.stream().mapToDouble(row -> row.of(name)).toArray())
                .toArray(double[][]::new);
    }
}
