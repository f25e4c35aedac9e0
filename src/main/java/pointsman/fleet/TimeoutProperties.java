package pointsman.fleet;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `pointsman.upstreams`, too: how long an upstream may take.
///
/// @param connectTimeout for a TCP or TLS connection
/// @param firstWordTimeout from the request to the first word of a streamed answer, or to the whole of a
///     buffered one, while another deployment or model may answer: the least, which grows with the prompt and
///     what is asked, by the pace that was measured
/// @param firstByteTimeout from the request to the first word of a streamed answer, where nobody else is left
/// @param answerTimeout from the request to the whole of a buffered answer, and to the first word of a model
///     that reasons before it speaks
/// @param gapTimeout between two pieces of a streamed answer that say something
@ConfigurationProperties("pointsman.upstreams")
public record TimeoutProperties(
        Duration connectTimeout,
        @DefaultValue("10s") Duration firstWordTimeout,
        Duration firstByteTimeout,
        Duration answerTimeout,
        Duration gapTimeout) {
    public TimeoutProperties {
        positive("connect-timeout", connectTimeout);
        positive("first-word-timeout", firstWordTimeout);
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
