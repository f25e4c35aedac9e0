package pointsman.lab.server;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Weights by name.
final class Tally {
    private final Map<String, Double> weights = new HashMap<>();

    void add(String name, double weight) {
        weights.merge(name, weight, Double::sum);
    }

    double sum() {
        return weights.values().stream().mapToDouble(weight -> weight).sum();
    }

    /// The heaviest, each for one of so many requests.
    String report(int requests, int most) {
        return weights.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .map(entry -> String.format(Locale.ROOT, "%10.1f  %s%n", entry.getValue() / requests, entry.getKey()))
                .collect(Collectors.joining());
    }
}
