package pointsman.dialect.answer;

import pointsman.dialect.wire.Json;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.node.ObjectNode;

/// Writes usage as each dialect states it. [UsageReader] reads it back to the same.
public final class UsageWriter {
    private UsageWriter() {}

    public static ObjectNode chat(TokenUsage tokens) {
        var usage = Json.object()
                .put("prompt_tokens", tokens.input())
                .put("completion_tokens", tokens.output())
                .put("total_tokens", tokens.input() + tokens.output());
        usage.putObject("prompt_tokens_details")
                .put("cached_tokens", tokens.cachedInput())
                .put("cache_write_tokens", tokens.cacheWritten());
        usage.putObject("completion_tokens_details").put("reasoning_tokens", tokens.reasoning());
        return usage;
    }

    public static ObjectNode responses(TokenUsage tokens) {
        var usage = Json.object().put("input_tokens", tokens.input());
        usage.putObject("input_tokens_details")
                .put("cached_tokens", tokens.cachedInput())
                .put("cache_write_tokens", tokens.cacheWritten());
        usage.put("output_tokens", tokens.output());
        usage.putObject("output_tokens_details").put("reasoning_tokens", tokens.reasoning());
        return usage.put("total_tokens", tokens.input() + tokens.output());
    }

    public static ObjectNode messages(TokenUsage tokens) {
        var usage = Json.object()
                .put("input_tokens", tokens.input() - tokens.cachedInput() - tokens.cacheWritten())
                .put("cache_creation_input_tokens", tokens.cacheWritten())
                .put("cache_read_input_tokens", tokens.cachedInput())
                .put("output_tokens", tokens.output());
        if (tokens.reasoning() > 0) {
            usage.putObject("output_tokens_details").put("thinking_tokens", tokens.reasoning());
        }
        return usage;
    }
}
