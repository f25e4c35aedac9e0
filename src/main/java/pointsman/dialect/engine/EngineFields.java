package pointsman.dialect.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import pointsman.dialect.conversation.Dropped;
import pointsman.dialect.wire.Json;
import pointsman.failure.FailureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a request may reach an engine that the gateway runs itself. llama.cpp's server takes some
/// hundred fields beside OpenAI's, reads grammars by recursion, and gives its samplers whatever memory they
/// ask for: a field that is not listed here could end it for everybody, and with it their answers.
///
/// Fields that only advise are left out; one that would change the answer and is not listed is refused by name.
public final class EngineFields {

    /// OpenAI's fields that llama.cpp reads, and of its own those that cost nothing.
    private static final Set<String> LISTED = Set.of(
            "model",
            "messages",
            "prompt",
            "suffix",
            "input",
            "content",
            "system",
            "stream",
            "stream_options",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "typical_p",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "repeat_penalty",
            "stop",
            "n",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "response_format",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "reasoning_effort",
            "chat_template_kwargs",
            "cache_prompt",
            "echo",
            "encoding_format",
            "dimensions");

    /// Bookkeeping and advice of clients. An engine that runs here has no use for it.
    private static final Set<String> ADVICE = Set.of(
            "user",
            "metadata",
            "store",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "prompt_cache_options",
            "cache_salt",
            "verbosity",
            "modalities",
            "prediction",
            "best_of",
            "thinking",
            "output_config",
            "context_management",
            "betas",
            "speed",
            "fallbacks",
            "inference_geo",
            "provider",
            "transforms",
            "route",
            "models",
            "usage",
            "extra_body",
            "keep_alive");

    /// The slot of the engine whose cache a prompt continues. A lane of a job stays on one of its own; who else could
    /// name one would wait for, and read the time of, others' prompts.
    private static final String SLOT = "id_slot";

    private EngineFields() {}

    /// What of a request reaches an engine.
    ///
    /// @param body the request as it would be sent
    /// @param dropped the names of what was left out
    public record Admitted(byte[] body, List<String> dropped) {}

    /// Checks a request on its way to an engine of ours.
    ///
    /// @param upstream its name, for failures
    /// @param own fields that the operator has configured for this model, with these values and no others
    /// @param choosesSlot whether it may say which slot it wants, as jobs of ours do
    /// @param takesTools whether the model's chat template has a place for tools
    /// @param body the request in OpenAI's dialect, or a count of Anthropic's
    /// @throws FailureException a [Failure.UnsupportedByUpstream] that names what the engine is not asked for
    public static Admitted admit(
            String upstream, Map<String, Object> own, boolean choosesSlot, boolean takesTools, byte[] body) {
        var request = Json.object(body)
                .orElseThrow(() -> new IllegalStateException("a request that was read is a JSON object"));
        var bounds = new EngineBounds(upstream);
        var dropped = new Dropped(upstream, Map.of());
        var isWhole = true;
        for (var name : List.copyOf(request.propertyNames())) {
            if (LISTED.contains(name) || isOwn(own, name, request) || (choosesSlot && name.equals(SLOT))) {
                continue;
            }
            if (!isUnset(request.path(name))) {
                if (!ADVICE.contains(name)) {
                    throw bounds.refused(name, "an engine of the gateway's own takes no such field");
                }
                dropped.name(name);
            }
            request.remove(name);
            isWhole = false;
        }
        bounds.check(request, takesTools);
        return new Admitted(isWhole ? body : Json.MAPPER.writeValueAsBytes(request), dropped.names());
    }

    private static boolean isOwn(Map<String, Object> own, String name, ObjectNode request) {
        return own.containsKey(name)
                && request.path(name).toString().equals(Json.MAPPER.writeValueAsString(own.get(name)));
    }

    private static boolean isUnset(JsonNode value) {
        return value.isNull() || (value.isBoolean() && !value.booleanValue());
    }
}
