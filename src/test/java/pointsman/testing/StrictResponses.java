package pointsman.testing;

import static pointsman.testing.StrictRule.when;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What OpenAI's responses refuse: whatever its published types do not know, and what a model cannot be
/// asked (the types of its SDK for Python 3.57, and reports; 2026-11).
final class StrictResponses {
    private static final Set<String> FIELDS = Set.of(
            "access_programs",
            "background",
            "background_options",
            "context_management",
            "conversation",
            "image",
            "include",
            "input",
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "metadata",
            "model",
            "moderation",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt",
            "prompt_cache_key",
            "prompt_cache_options",
            "prompt_cache_retention",
            "reasoning",
            "safety_identifier",
            "service_tier",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "truncation",
            "user");

    /// What an item has beside its `type`, `id` and `status`, the fields that it must have first.
    private static final Map<String, List<Set<String>>> ITEMS = Map.of(
            "message", List.of(Set.of("role", "content"), Set.of("phase")),
            "reasoning", List.of(Set.of("summary"), Set.of("content", "encrypted_content")),
            "function_call", List.of(Set.of("call_id", "name", "arguments"), Set.of("namespace", "caller")),
            "function_call_output", List.of(Set.of("call_id", "output"), Set.of("name", "namespace", "caller")),
            "custom_tool_call", List.of(Set.of("call_id", "name", "input"), Set.of("namespace", "caller")),
            "custom_tool_call_output", List.of(Set.of("call_id", "output"), Set.of("caller")),
            "compaction", List.of(Set.of("encrypted_content"), Set.of()),
            "item_reference", List.of(Set.of("id"), Set.of()),
            "compaction_trigger", List.of(Set.of(), Set.of()));

    private static final Map<String, Set<String>> PARTS = Map.of(
            "assistant", Set.of("output_text", "refusal"),
            "user", Set.of("input_text", "input_image", "input_file"),
            "developer", Set.of("input_text"),
            "system", Set.of("input_text"));

    private static final String REASONING = "o[134].*|gpt-5(?!-chat).*";

    static final List<StrictRule> RULES = List.of(
            StrictRule.fields(
                    _ -> Refusal.openai(
                            "Unsupported parameter: 'messages'. In the Responses API, this parameter has moved to 'input'.",
                            "messages",
                            "unsupported_parameter"),
                    "messages"),
            request -> request.propertyNames().stream()
                    .filter(field -> !FIELDS.contains(field))
                    .findFirst()
                    .map(field -> unknown(field)),
            when(request -> !request.has("model"), _ -> missing("model")),
            StrictResponses::tools,
            StrictResponses::items,
            StrictResponses::results,
            when(
                    request -> request.path("max_output_tokens").asInt(16) < 16,
                    request -> Refusal.openai(
                            "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got %d instead."
                                    .formatted(request.path("max_output_tokens").asInt()),
                            "max_output_tokens",
                            "integer_below_min_value")),
            when(
                            request -> request.path("include").toString().contains("encrypted_content"),
                            _ -> Refusal.openai("Encrypted content is not supported with this model.", "include", ""))
                    .of("gpt-3.5.*|gpt-4.*|chatgpt-4o.*|gpt-5-chat.*"),
            StrictRule.fields(StrictResponses::unsupported, "reasoning").of("gpt-3.5.*|gpt-4.*|chatgpt-4o.*"),
            when(
                            request -> thinks(request) && (request.has("temperature") || request.has("top_p")),
                            _ -> unsupported("temperature"))
                    .of(REASONING),
            effort("none", "low", "medium", "high", "xhigh", "max").of("gpt-5\\.6.*"),
            effort("none", "low", "medium", "high", "xhigh").of("gpt-5\\.5.*"),
            StrictResponses::schema,
            when(
                    request -> request.path("store").isBoolean()
                            && !request.path("store").asBoolean()
                            && request.path("background").asBoolean(false),
                    _ -> Refusal.openai("Background mode requires that 'store' is true.", "background", "")));

    private StrictResponses() {}

    private static Refusal unknown(String field) {
        return Refusal.openai("Unknown parameter: '%s'.".formatted(field), field, "unknown_parameter");
    }

    private static Refusal missing(String field) {
        return Refusal.openai(
                "Missing required parameter: '%s'.".formatted(field), field, "missing_required_parameter");
    }

    private static Refusal unsupported(String field) {
        return Refusal.openai(
                "Unsupported parameter: '%s' is not supported with this model.".formatted(field), field, "");
    }

    private static Refusal invalid(String field, String value, Set<String> known) {
        return Refusal.openai(
                "Invalid value: '%s'. Supported values are: %s."
                        .formatted(
                                value,
                                known.stream().sorted().map("'%s'"::formatted).collect(Collectors.joining(", "))),
                field,
                "invalid_value");
    }

    /// A tool in the shape of chat completions has its name in a place of its own.
    private static Optional<Refusal> tools(JsonNode request) {
        var index = 0;
        for (var tool : request.path("tools")) {
            var at = "tools[%d]".formatted(index++);
            var type = tool.path("type").asString("");
            var isNamed = type.equals("function") || type.equals("custom");
            if (isNamed && !tool.has("name")) {
                return Optional.of(missing(at + ".name"));
            }
            if (isNamed && tool.has("function")) {
                return Optional.of(unknown(at + ".function"));
            }
            if (isNamed && !tool.path("name").asString("").matches("[a-zA-Z0-9_-]{1,64}")) {
                return Optional.of(Refusal.openai(
                        "Invalid '%s.name': string does not match pattern.".formatted(at),
                        at + ".name",
                        "invalid_value"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> items(JsonNode request) {
        if (!request.path("input").isArray()) {
            return Optional.empty();
        }
        var index = 0;
        for (var item : request.path("input")) {
            var refusal = item(item, "input[%d]".formatted(index++));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private static Optional<Refusal> item(JsonNode item, String at) {
        var type = item.path("type").asString("message");
        var fields = ITEMS.get(type);
        if (fields == null) {
            return Optional.of(invalid(at, type, ITEMS.keySet()));
        }
        var lacking = fields.getFirst().stream()
                .filter(field -> !item.hasNonNull(field))
                .findFirst();
        var known = Stream.concat(
                        Stream.of("type", "id", "status"), fields.stream().flatMap(Set::stream))
                .collect(Collectors.toSet());
        return lacking.map(field -> missing(at + "." + field))
                .or(() -> item.propertyNames().stream()
                        .filter(field -> !known.contains(field))
                        .findFirst()
                        .map(field -> unknown(at + "." + field)))
                .or(() -> type.equals("message") ? parts(item, at) : foreign(item, at));
    }

    private static Optional<Refusal> parts(JsonNode message, String at) {
        var known = PARTS.get(message.path("role").asString(""));
        if (known == null) {
            return Optional.of(invalid(at, message.path("role").asString(""), PARTS.keySet()));
        }
        return message.path("content")
                .valueStream()
                .map(part -> part.path("type").asString(""))
                .filter(type -> message.path("content").isArray() && !known.contains(type))
                .findFirst()
                .map(type -> invalid(at + ".content[0]", type, known));
    }

    /// OpenAI reads only what it has sealed itself.
    private static Optional<Refusal> foreign(JsonNode item, String at) {
        var sealed = item.path("encrypted_content").asString("");
        if (!sealed.isEmpty() && !sealed.startsWith("gAAAA")) {
            return Optional.of(Refusal.openai(
                    "The encrypted content %s could not be verified.".formatted(sealed),
                    at,
                    "invalid_encrypted_content"));
        }
        var isKnown = item.path("id").asString("").matches("rs_[^_]+");
        return item.path("type").asString("").equals("reasoning") && sealed.isEmpty() && !isKnown
                ? Optional.of(Refusal.openai(
                        "Item with id '%s' not found.".formatted(item.path("id").asString("")), "input", ""))
                : Optional.empty();
    }

    private static Optional<Refusal> results(JsonNode request) {
        if (request.has("previous_response_id") || request.has("conversation")) {
            return Optional.empty();
        }
        var called = calls(request, "_call");
        var brought = calls(request, "_call_output");
        return brought.stream()
                .filter(id -> !called.contains(id))
                .findFirst()
                .map(id -> Refusal.openai(
                        "No tool call found for function call output with call_id %s.".formatted(id), "input", ""))
                .or(() -> called.stream()
                        .filter(id -> !brought.contains(id))
                        .findFirst()
                        .map(id -> Refusal.openai(
                                "No tool output found for function call %s.".formatted(id), "input", "")));
    }

    private static Set<String> calls(JsonNode request, String type) {
        return request.path("input")
                .valueStream()
                .filter(item -> item.path("type").asString("").endsWith(type))
                .map(item -> item.path("call_id").asString(""))
                .collect(Collectors.toSet());
    }

    private static boolean thinks(JsonNode request) {
        var model = request.path("model").asString("");
        var unasked = model.matches("gpt-5\\.[0-5].*") ? "none" : "medium";
        return !request.path("reasoning").path("effort").asString(unasked).equals("none");
    }

    private static StrictRule effort(String... known) {
        return when(
                request -> request.path("reasoning").has("effort")
                        && !List.of(known)
                                .contains(
                                        request.path("reasoning").path("effort").asString("")),
                request -> Refusal.openai(
                        "Unsupported value: '%s' is not supported with this model."
                                .formatted(
                                        request.path("reasoning").path("effort").asString("")),
                        "reasoning.effort",
                        "unsupported_value"));
    }

    /// The rules for strict schemas are those of chat completions, in other places.
    private static Optional<Refusal> schema(JsonNode request) {
        var tools = request.path("tools")
                .valueStream()
                .filter(tool -> tool.path("strict").asBoolean(false));
        var strict = Stream.concat(
                        tools.map(tool -> tool.path("parameters")),
                        Stream.of(request.path("text").path("format"))
                                .filter(format -> format.path("strict").asBoolean(false))
                                .map(format -> format.path("schema")))
                .flatMap(StrictRule::within);
        return strict.filter(StrictOpenAi::isNoStrictSchema)
                .findFirst()
                .map(_ -> Refusal.openai(
                        "Invalid schema for function 'f'.", "tools[0].parameters", "invalid_function_parameters"));
    }
}
