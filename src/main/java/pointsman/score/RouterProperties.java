package pointsman.score;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How prompts are scored; defaults stand in `application.yml`.
///
/// @param directory where the artefacts lie; empty: those inside the jar
/// @param pair `SMALL,LARGE` by their names in the training data, or by a size or a price; empty: the
///     router's own
/// @param threads prompts scored at once
/// @param queue prompts that may wait; one more is not scored
/// @param timeout how long a score is waited for, waiting in the queue included
/// @param cacheEntries texts whose scores are remembered; 0: none
/// @param calibrations names that policies may use -> files that `calibrate` wrote
@ConfigurationProperties("pointsman.router")
record RouterProperties(
        String directory,
        String pair,
        int threads,
        int queue,
        Duration timeout,
        int cacheEntries,
        @DefaultValue Map<String, Path> calibrations) {
    private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

    public RouterProperties {
        calibrations = Map.copyOf(calibrations);
        requireRange("threads", threads, 1, 64);
        requireRange("queue", queue, 1, 1_000_000);
        requireRange("cache-entries", cacheEntries, 0, 10_000_000);
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("timeout: must be 1ms to 1m, was " + timeout);
        }
        requirePair(pair);
    }

    ModelPair pairFor(RouterModel router) {
        return pair.isEmpty() ? router.defaultPair() : ModelPair.parse(pair);
    }

    private static void requirePair(String pair) {
        if (pair.isEmpty()) {
            return;
        }
        try {
            ModelPair.parse(pair);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("pair: " + wrong.getMessage(), wrong);
        }
    }

    private static void requireRange(String property, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: must be %d to %d, was %d".formatted(property, least, most, value));
        }
    }
}
