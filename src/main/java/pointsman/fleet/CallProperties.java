package pointsman.fleet;

import static pointsman.fleet.TimeoutProperties.positive;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// `pointsman.upstreams`, too: the limits of the road to each model, but for its times.
///
/// @param maxAnswer bytes of a buffered answer, and of one event of a stream
/// @param attempts in all; only before the first byte went to the client
/// @param retryBackoff before the second attempt, doubled for each further one
/// @param longestWait for which an upstream that says when to come again is waited for, once
/// @param hedgingPercent of the calls that may be made twice, where the first word is late
/// @param retryBudget how many second and third attempts there may be
/// @param breaker when an upstream is left alone
/// @param maxConcurrent calls in flight per upstream
/// @param pool connections per upstream
@ConfigurationProperties("pointsman.upstreams")
public record CallProperties(
        DataSize maxAnswer,
        int attempts,
        Duration retryBackoff,
        @DefaultValue("5s") Duration longestWait,
        @DefaultValue("5") int hedgingPercent,
        RetryBudget retryBudget,
        Breaker breaker,
        int maxConcurrent,
        Pool pool) {
    public CallProperties {
        positive("retry-backoff", retryBackoff);
        within("max-answer", maxAnswer.toBytes(), 1_024, Integer.MAX_VALUE / 2);
        within("hedging-percent", hedgingPercent, 0, 100);
        within("attempts", attempts, 1, 3);
        within("max-concurrent", maxConcurrent, 1, 100_000);
    }

    /// The circuit breaker of each upstream.
    ///
    /// @param window how many of the last calls are looked at
    /// @param failureRate per cent of failed ones at which it opens
    /// @param openFor how long nothing is sent then
    public record Breaker(int window, int failureRate, Duration openFor) {
        public Breaker {
            within("window", window, 2, 10_000);
            within("failure-rate", failureRate, 1, 100);
            positive("open-for", openFor);
        }
    }

    /// What all upstreams together may have of further attempts.
    ///
    /// @param percent of the requests of the same second
    /// @param perSecond but so many in any case
    public record RetryBudget(int percent, int perSecond) {
        public RetryBudget {
            within("percent", percent, 0, 200);
            within("per-second", perSecond, 0, 100_000);
        }
    }

    /// The connections to each upstream.
    ///
    /// @param connections at most
    /// @param pending calls that may wait for one
    /// @param idle after which one is closed
    public record Pool(int connections, int pending, Duration idle) {
        public Pool {
            within("connections", connections, 1, 100_000);
            within("pending", pending, 1, 1_000_000);
            positive("idle", idle);
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: must be %d to %d, was %d".formatted(name, least, most, value));
        }
    }
}
