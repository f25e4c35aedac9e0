package pointsman.chat;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `pointsman.chat`: the limits of an interactive request.
///
/// @param maxBody bytes of a request
/// @param maxDepth levels of nesting in its JSON
/// @param maxMessages messages of one conversation
/// @param maxTools tools offered to the model
/// @param bodyTimeout for the client to send its body
/// @param totalTimeout from a request's arrival to the last byte of its answer
/// @param drain how long answers under way may still take once the gateway is being stopped
/// @param conversations how many of them are remembered, so that they stay where their beginning is cached
@ConfigurationProperties("pointsman.chat")
record ChatProperties(
        DataSize maxBody,
        int maxDepth,
        int maxMessages,
        int maxTools,
        Duration bodyTimeout,
        Duration totalTimeout,
        Duration drain,
        Conversations conversations) {
    public ChatProperties {
        within("max-body", maxBody.toBytes(), 1_024, 256L << 20);
        within("max-depth", maxDepth, 4, 1_000);
        within("max-messages", maxMessages, 1, 1_000_000);
        within("max-tools", maxTools, 1, 10_000);
        positive("body-timeout", bodyTimeout);
        positive("total-timeout", totalTimeout);
        positive("drain", drain);
    }

    /// What is remembered of conversations.
    ///
    /// @param remembered after a turn: as long as a provider keeps its prompt in its cache
    /// @param entries at most
    public record Conversations(Duration remembered, int entries) {
        public Conversations {
            positive("remembered", remembered);
            within("entries", entries, 0, 10_000_000);
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: must be %d to %d, was %d".formatted(name, least, most, value));
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s: must be longer than nothing, was %s".formatted(name, value));
        }
    }
}
