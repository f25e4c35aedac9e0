package pointsman.lab.server;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/// What one request cost, on an average of many.
///
/// @param micros of processor time
/// @param system the part of it that the kernel took, from 0 to 1
/// @param allocated bytes
/// @param rate requests a second, by the clock
record Cost(double micros, double system, double allocated, double rate) {
    static Cost of(Usage usage, int requests, Duration elapsed) {
        return new Cost(
                (double) usage.processor() / requests,
                (double) usage.system() / Math.max(1, usage.processor()),
                (double) usage.allocated() / requests,
                requests * 1e9 / elapsed.toNanos());
    }

    /// The round in the middle, by processor time.
    static Cost median(List<Cost> rounds) {
        return rounds.stream()
                .sorted(Comparator.comparingDouble(Cost::micros))
                .toList()
                .get(rounds.size() / 2);
    }
}
