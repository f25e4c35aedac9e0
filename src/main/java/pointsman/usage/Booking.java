package pointsman.usage;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One request as the ledger keeps it. It holds no prompt and no key.
///
/// @param requestId as the client got it in `x-pointsman-request-id`
/// @param tenant who pays
/// @param operation what was asked, by OpenTelemetry's name: `chat`, `text_completion`, `embeddings`,
///     `count_tokens`, and those of [Units], such as `image_generation`
/// @param by who answered, and why
/// @param usage its tokens
/// @param units what else it is charged by
/// @param ending how it ended
/// @param duration from the request's arrival to its end
/// @param firstByte from the request's arrival to the first byte of the answer; null if there was none
public record Booking(
        String requestId,
        String tenant,
        String operation,
        By by,
        TokenUsage usage,
        Units units,
        Ending ending,
        Duration duration,
        @Nullable Duration firstByte) {
    /// One that is charged by its tokens alone.
    public Booking(
            String requestId,
            String tenant,
            String operation,
            By by,
            TokenUsage usage,
            Ending ending,
            Duration duration,
            @Nullable Duration firstByte) {
        this(requestId, tenant, operation, by, usage, Units.NONE, ending, duration, firstByte);
    }

    /// Who answered, and why.
    ///
    /// @param name of the model in failures, logs and meters, such as `small`
    /// @param model as its provider knows it
    /// @param reason why it was this one, in one stable word
    /// @param price of its tokens
    /// @param spared the price of the one that would have answered without the router; unknown where
    ///     none was spared
    public record By(String name, String model, String reason, Pricing price, Pricing spared) {
        /// What these tokens and units cost, in micro-dollars. There are prices of tokens only:
        /// what came without tokens, and is charged by another unit, has an unknown one.
        public OptionalLong cost(TokenUsage usage, Units units) {
            var isPriced = !units.areOfTheirOwn() || usage.input() + usage.output() > 0 || price.equals(Price.FREE);
            return isPriced ? price.cost(usage) : OptionalLong.empty();
        }

        /// What they would have cost more at the model that was spared, in micro-dollars; negative
        /// if that is cheaper. Nothing where none was, or where a price is unknown.
        public long saved(TokenUsage usage) {
            var paid = price.cost(usage);
            var dearer = spared.cost(usage);
            return paid.isPresent() && dearer.isPresent() ? dearer.getAsLong() - paid.getAsLong() : 0;
        }
    }

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
