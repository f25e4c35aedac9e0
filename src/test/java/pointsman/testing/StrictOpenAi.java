package pointsman.testing;

import static pointsman.testing.StrictRule.fields;
import static pointsman.testing.StrictRule.when;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What OpenAI's chat completions refuse, and Azure's.
final class StrictOpenAi {
    private static final String REASONING = "o[134].*|gpt-5(?!-chat).*";
    private static final String FIRST_REASONING = "o[134].*|gpt-5|gpt-5-(?!chat).*";
    private static final String NEW = "gpt-5\\.[456].*";

    private static final String RESPONSES_ONLY =
            "(o1|o3|gpt-5|gpt-5.5)-pro.*|codex-mini.*|gpt-5-codex.*|gpt-5.1-codex-max.*|o[34].*-deep-research.*|computer-use-preview.*";

    static final List<StrictRule> RULES = List.of(
            when(
                            _ -> true,
                            _ -> new Refusal(
                                    404,
                                    Refusal.openai(
                                                    "This model is only supported in v1/responses and not in v1/chat/completions.",
                                                    "model",
                                                    "")
                                            .body()))
                    .of(RESPONSES_ONLY),
            fields(StrictOpenAi::unrecognized, "top_k", "enable_thinking", "thinking", "reasoning"),
            fields(StrictOpenAi::unrecognized, "reasoning_effort").of("gpt-3.5.*|gpt-4.*|chatgpt-4o.*"),
            fields(
                            _ -> unsupported(
                                    "max_tokens",
                                    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
                            "max_tokens")
                    .of(REASONING),
            fields(StrictOpenAi::unsupported, "stop").of("o[34].*|gpt-5(?!-chat).*"),
            fields(StrictOpenAi::unsupported, "presence_penalty", "frequency_penalty", "logit_bias")
                    .of(REASONING),
            fields(StrictOpenAi::unsupported, "logprobs", "top_logprobs", "top_p")
                    .of(FIRST_REASONING),
            when(
                            request -> request.path("temperature").asDouble(1) != 1,
                            _ -> Refusal.openai(
                                    "Unsupported value: 'temperature' does not support this with this model. Only the default (1) value is supported.",
                                    "temperature",
                                    "unsupported_value"))
                    .of(FIRST_REASONING),
            when(
                            request -> thinks(request)
                                    && Stream.of("logprobs", "top_logprobs", "top_p", "temperature")
                                            .anyMatch(request::has),
                            _ -> unsupported("temperature"))
                    .of("gpt-5\\..*"),
            when(
                            request -> thinks(request) && !request.path("tools").isEmpty(),
                            request -> Refusal.openai(
                                    "Function tools with reasoning_effort are not supported for %s in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'."
                                            .formatted(request.path("model").asString()),
                                    "reasoning_effort",
                                    ""))
                    .of(NEW),
            effort("none", "low", "medium", "high", "xhigh", "max").of("gpt-5\\.6.*"),
            effort("none", "low", "medium", "high", "xhigh").of("gpt-5\\.5.*"),
            when(
                    request -> StrictRule.toolNames(request).anyMatch(name -> name.length() > 64),
                    _ -> Refusal.openai(
                            "Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 64, but got a longer one instead.",
                            "tools[0].function.name",
                            "string_above_max_length")),
            when(
                    request -> StrictRule.toolNames(request).anyMatch(name -> !name.matches("[\\w-]*")),
                    _ -> Refusal.openai(
                            "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.",
                            "tools[0].function.name",
                            "invalid_value")),
            tooLong("tools", 128),
            tooLong("stop", 4),
            when(
                    request -> request.path("tools").isArray()
                            && request.path("tools").isEmpty(),
                    _ -> Refusal.openai("[] is too short - 'tools'", "", "")),
            onlyWithTools("parallel_tool_calls"),
            onlyWithTools("tool_choice"),
            strict(
                    schema -> isObject(schema)
                            && !schema.path("additionalProperties").isBoolean(),
                    "'additionalProperties' is required to be supplied and to be false."),
            strict(
                    schema -> isObject(schema)
                            && schema.path("additionalProperties").asBoolean(true),
                    "'additionalProperties' is required to be supplied and to be false."),
            strict(
                    schema -> isObject(schema) && !requiresAll(schema),
                    "'required' is required to be supplied and to be an array including every key in properties."),
            strict(
                    schema -> !schema.has("type")
                            && Set.of("allOf", "oneOf", "not", "if").stream().anyMatch(schema::has),
                    "'allOf' is not permitted."));

    private StrictOpenAi() {}

    private static Refusal unrecognized(String field) {
        return Refusal.openai("Unrecognized request argument supplied: " + field, "", "");
    }

    private static Refusal unsupported(String field) {
        return unsupported(field, "Unsupported parameter: '%s' is not supported with this model.".formatted(field));
    }

    private static Refusal unsupported(String field, String words) {
        return Refusal.openai(words, field, "unsupported_parameter");
    }

    /// By itself up to GPT-5.5 not.
    private static boolean thinks(JsonNode request) {
        var unasked = request.path("model").asString("").startsWith("gpt-5.6") ? "medium" : "none";
        return !request.path("reasoning_effort").asString(unasked).equals("none");
    }

    private static StrictRule effort(String... known) {
        return when(
                request -> request.has("reasoning_effort")
                        && !List.of(known)
                                .contains(request.path("reasoning_effort").asString("")),
                request -> Refusal.openai(
                        "Unsupported value: 'reasoning_effort' does not support '%s' with this model. Supported values are: %s."
                                .formatted(request.path("reasoning_effort").asString(""), List.of(known)),
                        "reasoning_effort",
                        "unsupported_value"));
    }

    private static StrictRule tooLong(String field, int most) {
        return when(
                request -> request.path(field).isArray() && request.path(field).size() > most,
                request -> Refusal.openai(
                        "Invalid '%s': array too long. Expected an array with maximum length %d, but got an array with length %d instead."
                                .formatted(field, most, request.path(field).size()),
                        field,
                        "array_above_max_length"));
    }

    private static StrictRule onlyWithTools(String field) {
        return when(
                request -> request.has(field) && !request.has("tools"),
                _ -> Refusal.openai(
                        "Invalid value for '%1$s': '%1$s' is only allowed when 'tools' are specified.".formatted(field),
                        field,
                        ""));
    }

    private static StrictRule strict(Predicate<JsonNode> wrong, String words) {
        return when(
                request -> schemas(request).flatMap(StrictRule::within).anyMatch(wrong),
                _ -> Refusal.openai(
                        "Invalid schema for function 'f': In context=(), " + words,
                        "tools[0].function.parameters",
                        "invalid_function_parameters"));
    }

    private static Stream<JsonNode> schemas(JsonNode request) {
        var tools = request.path("tools")
                .valueStream()
                .map(tool -> tool.path("function"))
                .filter(function -> function.path("strict").asBoolean(false))
                .map(function -> function.path("parameters"));
        var format = Stream.of(request.path("response_format").path("json_schema"))
                .filter(answer -> answer.path("strict").asBoolean(false))
                .map(answer -> answer.path("schema"));
        return Stream.concat(tools, format);
    }

    /// Whether an object of a schema breaks one of the rules for strict ones.
    static boolean isNoStrictSchema(JsonNode schema) {
        var further = schema.path("additionalProperties");
        return (isObject(schema) && (!further.isBoolean() || further.asBoolean() || !requiresAll(schema)))
                || (!schema.has("type")
                        && Set.of("allOf", "oneOf", "not", "if").stream().anyMatch(schema::has));
    }

    private static boolean isObject(JsonNode schema) {
        return schema.path("type").asString("").equals("object");
    }

    private static boolean requiresAll(JsonNode schema) {
        var required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        return required.containsAll(schema.path("properties").propertyNames());
    }
}
