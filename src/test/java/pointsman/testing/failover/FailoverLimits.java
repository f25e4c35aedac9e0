package pointsman.testing.failover;

import java.time.Duration;
import java.util.List;
import pointsman.testing.Pace;

/// With which limits the gateway is tried, and how fast the times of the faults pass.
public enum FailoverLimits {
    /// As the product ships.
    DEFAULTS(1, ""),
    /// Short ones, for upstreams that are known to be fast.
    TUNED(1, """
            pointsman.upstreams.first-word-timeout=10s
            pointsman.upstreams.first-byte-timeout=10s
            pointsman.upstreams.gap-timeout=10s
            pointsman.upstreams.answer-timeout=30s"""),
    /// A tenth of those, with times of the faults to match.
    FAST(0.1, """
            pointsman.upstreams.first-word-timeout=1500ms
            pointsman.upstreams.first-byte-timeout=2s
            pointsman.upstreams.gap-timeout=1s
            pointsman.upstreams.answer-timeout=3s
            pointsman.upstreams.retry-backoff=10ms
            pointsman.upstreams.breaker.open-for=1s""");

    private final double scale;
    private final String properties;

    /// @param properties one in a line
    FailoverLimits(double scale, String properties) {
        this.scale = scale;
        this.properties = properties;
    }

    Pace pace() {
        return new Pace(scale);
    }

    List<String> properties() {
        return properties.lines().toList();
    }

    /// What a busy machine may take longer.
    Duration slack() {
        return this == FAST ? Duration.ofSeconds(5) : Duration.ZERO;
    }

    /// From the start of one case to the next, so that the machine is never busy.
    Duration apart() {
        return this == FAST ? Duration.ofMillis(25) : Duration.ofMillis(100);
    }
}
