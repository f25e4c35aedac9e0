package pointsman.upstream;

import java.net.URI;
import java.util.Map;
import java.util.function.BooleanSupplier;
import pointsman.dialect.UpstreamDialect;
import pointsman.usage.Price;

/// One model behind the gateway and where it is reached.
///
/// @param name in failures, logs and meters: its tier's, or `embeddings`
/// @param dialect what it speaks
/// @param baseUrl up to and with `/v1`
/// @param apiKey what it wants to see
/// @param model the name that it knows its model by
/// @param price of its tokens
/// @param cacheKeys whether it keeps prompt caches apart by `prompt_cache_key`
/// @param cacheMarks whether the gateway marks for its prompt cache what a conversation will send again
/// @param defaults fields that are added to a request where the client left them out
/// @param contextTokens tokens that a prompt and its answer may have together; [Integer#MAX_VALUE] if nobody knows
/// @param local whether the gateway runs it itself
/// @param up whether it can be asked now; of a remote one only its breaker knows more
public record Upstream(
        String name,
        UpstreamDialect dialect,
        URI baseUrl,
        ApiKey apiKey,
        String model,
        Price price,
        boolean cacheKeys,
        boolean cacheMarks,
        Map<String, Object> defaults,
        int contextTokens,
        boolean local,
        BooleanSupplier up) {
    private static final int BYTES_PER_TOKEN = 3;

    public Upstream {
        defaults = Map.copyOf(defaults);
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
