package pointsman.dialect.answer;

import java.util.Optional;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;

/// The one reader of what upstreams state of usage, for streams and for buffered answers, in every dialect: so
/// that a stream costs what the same answer costs in one piece.
///
/// It is fed every `usage` object of an answer, in order, and keeps of each number the last that was stated.
/// That is right for all of them: OpenAI states everything once, at the end, or again and again, each time for
/// the whole answer;
/// Anthropic states the input in `message_start` and then the whole in `message_delta`, where a number that
/// has not changed may be left out.
///
/// OpenAI counts what its cache gave or took in within `prompt_tokens`; Anthropic counts tokens that its cache
/// gave or took in beside `input_tokens`. Here the input is the whole prompt.
public final class UsageReader {
    private static final long UNSTATED = -1;
    private static final long ABSURD = 1_000_000_000_000L;

    private long input = UNSTATED;
    private long cacheRead;
    private long cacheWritten;
    private long hourWritten;
    private long output = UNSTATED;
    private long reasoning;
    private boolean cacheIsBeside;

    /// Takes one `usage`; what is no object states nothing.
    public void read(JsonNode usage) {
        if (!usage.isObject()) {
            return;
        }
        cacheIsBeside |= usage.has("cache_read_input_tokens") || usage.has("cache_creation_input_tokens");
        input = stated(usage, "prompt_tokens", stated(usage, "input_tokens", input));
        output = stated(usage, "completion_tokens", stated(usage, "output_tokens", output));
        cacheRead = stated(usage, "cache_read_input_tokens", cacheRead);
        cacheRead = stated(usage.path("prompt_tokens_details"), "cached_tokens", cacheRead);
        cacheWritten = stated(usage, "cache_creation_input_tokens", cacheWritten);
        cacheWritten = stated(usage.path("prompt_tokens_details"), "cache_write_tokens", cacheWritten);
        hourWritten = stated(usage.path("cache_creation"), "ephemeral_1h_input_tokens", hourWritten);
        reasoning = stated(usage.path("completion_tokens_details"), "reasoning_tokens", reasoning);
        reasoning = stated(usage.path("output_tokens_details"), "thinking_tokens", reasoning);
    }

    /// The usage of the answer so far.
    ///
    /// @return empty if nothing was stated, or something that cannot be meant
    public Optional<TokenUsage> total() {
        if (input == UNSTATED || output == UNSTATED) {
            return Optional.empty();
        }
        var prompt = cacheIsBeside ? input + cacheRead + cacheWritten : input;
        return Optional.of(new TokenUsage(prompt, cacheRead, cacheWritten, hourWritten, output, reasoning, false))
                .filter(TokenUsage::isPlausible);
    }

    /// What is no number of tokens is taken for one that cannot be meant, whatever it is added to.
    private static long stated(JsonNode usage, String field, long before) {
        var value = usage.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return before;
        }
        var isMeant = value.isIntegralNumber() && value.canConvertToLong() && Math.abs(value.asLong()) < ABSURD;
        return isMeant ? value.asLong() : ABSURD;
    }
}
