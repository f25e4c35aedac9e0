package pointsman.testing;

import static pointsman.testing.StrictRule.fields;
import static pointsman.testing.StrictRule.inMessages;
import static pointsman.testing.StrictRule.when;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// What providers refuse whose chat completions are compatible with OpenAI's.
final class StrictCompatible {
    private StrictCompatible() {}

    static List<StrictRule> rules(String provider) {
        return switch (provider) {
            case "gemini" -> gemini();
            case "mistral" -> mistral();
            case "deepseek" -> deepseek();
            case "xai" -> xai();
            case "groq" -> groq();
            case "cerebras" -> cerebras();
            default -> openrouter();
        };
    }

    private static List<StrictRule> gemini() {
        Function<String, Refusal> unknown = field -> Refusal.gemini(
                "Invalid JSON payload received. Unknown name \"%s\": Cannot find field.".formatted(field));
        return List.of(
                fields(unknown, "store", "metadata", "seed", "frequency_penalty", "top_k", "reasoning"),
                when(
                        request -> StrictRule.toolNames(request)
                                .anyMatch(name -> !name.matches("[a-zA-Z_][a-zA-Z0-9_.-]{0,63}")),
                        _ -> Refusal.gemini(
                                "* GenerateContentRequest.tools[0].function_declarations[0].name: Invalid function name. Must start with a letter or an underscore.")),
                when(
                                request -> List.of("none", "minimal", "xhigh", "max")
                                        .contains(
                                                request.path("reasoning_effort").asString("")),
                                _ -> Refusal.gemini(
                                        "Thinking level MINIMAL is not supported for this model. Please retry with other thinking level."))
                        .of("gemini-3\\.(1-pro|7|8).*"));
    }

    private static List<StrictRule> mistral() {
        return List.of(
                fields(
                        Refusal::mistral,
                        "max_completion_tokens",
                        "seed",
                        "logprobs",
                        "top_logprobs",
                        "logit_bias",
                        "stream_options",
                        "user",
                        "store",
                        "service_tier",
                        "verbosity",
                        "safety_identifier",
                        "modalities",
                        "audio",
                        "top_k",
                        "reasoning",
                        "thinking"),
                inMessages(Refusal::mistral, "reasoning_content"),
                when(request -> StrictRule.roles(request).anyMatch("developer"::equals), _ -> Refusal.mistral("role")),
                when(
                        request -> {
                            var last = StrictRule.messages(request).reduce((_, next) -> next);
                            return last.isPresent()
                                    && last.get().path("role").asString("").equals("assistant")
                                    && !last.get().path("prefix").asBoolean(false);
                        },
                        _ -> Refusal.openai(
                                "Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant",
                                "",
                                "")));
    }

    private static List<StrictRule> deepseek() {
        Function<String, Refusal> invalid = words -> Refusal.openai(words, "", "invalid_request_error");
        return List.of(
                when(
                        request -> StrictRule.roles(request).anyMatch("developer"::equals),
                        _ -> invalid.apply(
                                "Failed to deserialize the JSON body into the target type: messages[0].role: unknown variant `developer`, expected one of `system`, `user`, `assistant`, `tool`, `latest_reminder`")),
                when(
                        request -> StrictRule.messages(request)
                                .flatMap(message -> message.path("content").valueStream())
                                .anyMatch(part -> part.has("image_url")),
                        _ -> invalid.apply(
                                "Failed to deserialize the JSON body into the target type: messages[0]: unknown variant `image_url`, expected `text`")),
                when(
                        request -> StrictRule.toolNames(request).anyMatch(name -> !name.matches("[\\w-]{1,64}")),
                        _ -> invalid.apply(
                                "Invalid 'tools[0].function.name': string too long. Expected a string with maximum length 64, but got a longer one instead.")),
                fields(invalid, "logprobs", "top_logprobs").of("deepseek-reasoner"),
                when(
                        request -> request.path("reasoning_effort").asString("").equals("none"),
                        _ -> invalid.apply("reasoning_effort: unknown variant `none`")),
                when(
                                request -> !request.path("thinking")
                                                .path("type")
                                                .asString("")
                                                .equals("disabled")
                                        && StrictRule.messages(request)
                                                .anyMatch(message -> message.has("tool_calls")
                                                        && message.path("reasoning_content")
                                                                .asString("")
                                                                .isEmpty()),
                                _ -> invalid.apply(
                                        "The reasoning_content in the thinking mode must be passed back to the API."))
                        .of("deepseek-(v4|flash).*"));
    }

    private static List<StrictRule> xai() {
        return List.of(
                noParameter("presence_penalty", "presencePenalty").of("grok-4.*"),
                noParameter("frequency_penalty", "frequencyPenalty").of("grok-4.*"),
                when(request -> request.has("stop"), _ -> Refusal.xai("Argument not supported on this model: stop"))
                        .of("grok-4.*|grok-3-mini.*"),
                noParameter("reasoning_effort", "reasoningEffort").of("grok-4|grok-4-.*|grok-4\\.20.*"),
                xaiEffort("low", "high").of("grok-3-mini.*"),
                xaiEffort("none", "low", "medium", "high").of("grok-4\\.3.*"),
                xaiEffort("low", "medium", "high").of("grok-4\\.5.*"),
                xaiEffort("low", "medium", "high", "xhigh").of("grok-4\\.6.*"),
                when(
                        request -> StrictRule.messages(request).anyMatch(StrictCompatible::saysNothing),
                        _ -> Refusal.xai(
                                "Invalid request content: Each message must have at least one content element.")));
    }

    /// Beside calls of tools an empty text will do, but no null.
    private static boolean saysNothing(JsonNode message) {
        var content = message.path("content");
        if (!content.isString()) {
            return content.isEmpty()
                    || content.valueStream()
                            .anyMatch(part -> part.has("text")
                                    && part.path("text").asString("").isBlank());
        }
        return content.stringValue().isBlank() && message.path("tool_calls").isEmpty();
    }

    private static StrictRule noParameter(String field, String name) {
        return when(
                request -> request.has(field),
                request -> Refusal.xai("Model %s does not support parameter %s."
                        .formatted(request.path("model").asString(), name)));
    }

    private static StrictRule xaiEffort(String... known) {
        return when(
                request -> request.has("reasoning_effort")
                        && !List.of(known)
                                .contains(request.path("reasoning_effort").asString("")),
                _ -> Refusal.xai("Invalid reasoning effort."));
    }

    private static List<StrictRule> groq() {
        return List.of(
                fields(
                        field -> Refusal.openai("property '%s' is unsupported".formatted(field), "", ""),
                        "logprobs",
                        "top_logprobs",
                        "logit_bias",
                        "reasoning"),
                when(request -> request.path("n").asInt(1) != 1, _ -> Refusal.openai("'n' : must be 1", "", "")),
                inMessages(
                        field -> Refusal.openai(
                                "'messages.1' : for 'role:assistant' the following must be satisfied[('messages.1' : property '%s' is unsupported)]"
                                        .formatted(field),
                                "",
                                ""),
                        "name",
                        "reasoning_content"));
    }

    private static List<StrictRule> cerebras() {
        return List.of(
                fields(
                        field -> Refusal.cerebras("property '%s' is unsupported".formatted(field), "validation_error"),
                        "frequency_penalty",
                        "presence_penalty",
                        "logit_bias",
                        "service_tier"),
                when(
                        request -> !request.path("parallel_tool_calls").asBoolean(true),
                        _ -> Refusal.cerebras(
                                "parallel_tool_calls=False is not supported by this model.", "parallel_tool_calls")),
                inMessages(
                        field -> Refusal.cerebras(
                                "messages.2.assistant.%1$s: property 'messages.2.assistant.%1$s' is unsupported"
                                        .formatted(field),
                                "validation_error"),
                        "reasoning_content"),
                when(
                        request -> StrictRule.roles(request).anyMatch("developer"::equals),
                        _ -> Refusal.cerebras("messages.0.role: developer is unsupported", "validation_error")));
    }

    private static List<StrictRule> openrouter() {
        return List.of(fields(
                        _ -> Refusal.openai("Penalty is not enabled for this model", "", ""),
                        "frequency_penalty",
                        "presence_penalty",
                        "repetition_penalty")
                .of("google/gemini-.*"));
    }
}
