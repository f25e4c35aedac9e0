package pointsman.fleet;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `pointsman.upstreams`, too: how long an upstream may take.
///
/// @param connectTimeout for a TCP or TLS connection
/// @param firstByteTimeout from the request to the first event of a streamed answer
/// @param answerTimeout from the request to the whole of a buffered answer
/// @param gapTimeout between two pieces of a streamed answer
@ConfigurationProperties("pointsman.upstreams")
public record TimeoutProperties(
        Duration connectTimeout, Duration firstByteTimeout, Duration answerTimeout, Duration gapTimeout) {
    public TimeoutProperties {
        positive("connect-timeout", connectTimeout);
        positive("first-byte-timeout", firstByteTimeout);
        positive("answer-timeout", answerTimeout);
        positive("gap-timeout", gapTimeout);
    }

    static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s: must be longer than nothing, was %s".formatted(name, value));
        }
    }
}
