package pointsman.usage;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// One request as the ledger keeps it. It holds no prompt and no key.
///
/// @param requestId as the client got it in `x-pointsman-request-id`
/// @param tenant who pays
/// @param operation what was asked, by OpenTelemetry's name: `chat`, `text_completion`, `embeddings`,
///     `count_tokens`
/// @param upstream who answered: a tier, or the upstream for embeddings
/// @param reason why it was this one, in one stable word
/// @param upstreamModel the model that answered
/// @param usage its tokens
/// @param ending how it ended
/// @param duration from the request's arrival to its end
/// @param firstByte from the request's arrival to the first byte of the answer, if there was one
public record Booking(
        String requestId,
        String tenant,
        String operation,
        String upstream,
        String reason,
        String upstreamModel,
        TokenUsage usage,
        Ending ending,
        Duration duration,
        Optional<Duration> firstByte) {

    /// How a request ended.
    public enum Ending {
        /// The answer went out whole.
        COMPLETED,
        /// The client left before the end.
        CANCELLED,
        /// The answer broke off, or there was none.
        FAILED;

        /// The word for meters and logs.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
