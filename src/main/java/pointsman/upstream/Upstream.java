package pointsman.upstream;

import java.net.URI;
import java.util.Map;
import java.util.function.BooleanSupplier;
import pointsman.tier.Tier;
import pointsman.usage.Price;

/// One model behind the gateway and where it is reached.
///
/// @param tier the tier that it answers for
/// @param baseUrl up to and with `/v1`
/// @param apiKey what it wants to see
/// @param model the name that it knows its model by
/// @param price of its tokens
/// @param defaults fields that are added to a request where the client left them out
/// @param contextTokens tokens that a prompt and its answer may have together; [Integer#MAX_VALUE] if nobody knows
/// @param local whether the gateway runs it itself
/// @param up whether it can be asked now; of a remote one only its breaker knows more
public record Upstream(
        Tier tier,
        URI baseUrl,
        ApiKey apiKey,
        String model,
        Price price,
        Map<String, Object> defaults,
        int contextTokens,
        boolean local,
        BooleanSupplier up) {
    private static final int BYTES_PER_TOKEN = 3;

    public Upstream {
        defaults = Map.copyOf(defaults);
    }

    /// Its name in failures, logs and meters.
    public String name() {
        return tier.label();
    }

    /// Whether a request of this size can fit its context, at three bytes a token, which is more than most prompts
    /// take.
    public boolean fits(int bytes) {
        return bytes / BYTES_PER_TOKEN < contextTokens;
    }

    /// One line for people: which model stands behind the tier, and where.
    public String description() {
        return "%s (%s)".formatted(model, local ? "local" : baseUrl.getHost());
    }
}
