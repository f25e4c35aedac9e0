package pointsman.testing;

import static pointsman.testing.StrictRule.fields;
import static pointsman.testing.StrictRule.when;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What Anthropic's messages refuse.
final class StrictAnthropic {
    private static final String NEWEST = "claude-opus-4-[78].*|claude-(opus|fable)-5.*";
    private static final Set<String> PICTURES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    static final List<StrictRule> RULES = List.of(
            fields(field -> Refusal.anthropic(field + ": Extra inputs are not permitted"), "response_format"),
            fields(
                            field -> Refusal.anthropic("`%s` is deprecated for this model.".formatted(field)),
                            "temperature",
                            "top_p",
                            "top_k")
                    .of(NEWEST),
            when(
                            request -> request.has("temperature") && request.has("top_p"),
                            _ -> Refusal.anthropic(
                                    "`temperature` and `top_p` cannot both be specified for this model. Please use only one."))
                    .of("claude-opus-4-[156].*|claude-sonnet-4-[56].*|claude-haiku-4-5.*"),
            when(
                    request -> request.path("temperature").asDouble(0) > 1,
                    _ -> Refusal.anthropic("temperature: Input should be less than or equal to 1")),
            when(
                            request -> request.path("thinking")
                                    .path("type")
                                    .asString("")
                                    .equals("enabled"),
                            _ -> Refusal.anthropic("\"thinking.type.enabled\" is not supported for this model."))
                    .of(NEWEST),
            when(
                            request -> StrictRule.roles(request)
                                    .reduce("", (_, last) -> last)
                                    .equals("assistant"),
                            _ -> Refusal.anthropic(
                                    "This model does not support assistant message prefill. The conversation must end with a user message."))
                    .of(NEWEST + "|claude-(opus|sonnet)-4-6.*"),
            when(
                            request -> StrictRule.roles(request).anyMatch("system"::equals),
                            _ -> Refusal.anthropic(
                                    "messages: Unexpected role \"system\". The Messages API accepts a top-level `system` parameter, not \"system\" as an input message role."))
                    .of("claude-3.*|claude-opus-4-[1567].*|claude-sonnet-4.*|claude-haiku-4.*"),
            effort("low", "medium", "high").of("claude-opus-4-5.*"),
            effort("low", "medium", "high", "max").of("claude-(opus|sonnet)-4-6.*"),
            effort("low", "medium", "high", "xhigh", "max").of(NEWEST),
            when(
                    request -> StrictRule.toolNames(request).anyMatch(name -> !name.matches("[a-zA-Z0-9_-]{1,128}")),
                    _ -> Refusal.anthropic(
                            "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'")),
            when(
                    request -> request.path("stop_sequences")
                            .valueStream()
                            .anyMatch(word -> word.asString("").isBlank()),
                    _ -> Refusal.anthropic("stop_sequences: each stop sequence must contain non-whitespace")),
            when(
                    request -> Stream.concat(
                                    parts(request.path("messages")),
                                    request.path("system").valueStream())
                            .anyMatch(part -> part.has("text")
                                    && part.path("text").asString("").isBlank()),
                    _ -> Refusal.anthropic("messages: text content blocks must be non-empty")),
            when(
                    request -> StrictRule.messages(request).anyMatch(StrictAnthropic::isEmpty),
                    _ -> Refusal.anthropic(
                            "messages.0: all messages must have non-empty content except for the optional final assistant message")),
            when(
                    request -> parts(request.path("messages"))
                            .map(part -> part.path("source"))
                            .filter(source ->
                                    source.path("media_type").asString("").startsWith("image"))
                            .anyMatch(source ->
                                    !PICTURES.contains(source.path("media_type").asString(""))),
                    _ -> Refusal.anthropic(
                            "messages.0.content.0.image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'")),
            when(
                    request -> schemas(request)
                            .flatMap(StrictRule::within)
                            .anyMatch(schema -> schema.path("type").asString("").equals("object")
                                    && schema.path("additionalProperties").asBoolean(true)),
                    _ -> Refusal.anthropic(
                            "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false")),
            when(
                    request -> schemas(request)
                            .flatMap(StrictRule::within)
                            .anyMatch(schema -> schema.has("type")
                                    && Stream.of("minimum", "maximum", "minLength", "maxLength", "maxItems")
                                            .anyMatch(schema::has)),
                    _ -> Refusal.anthropic(
                            "output_config.format.schema: For 'integer' type, property 'minimum' is not supported")));

    private StrictAnthropic() {}

    private static StrictRule effort(String... known) {
        return when(
                request -> !List.of(known)
                        .contains(request.path("output_config").path("effort").asString("high")),
                request -> Refusal.anthropic("output_config.effort: Input should be " + List.of(known)));
    }

    private static Stream<JsonNode> schemas(JsonNode request) {
        var tools = request.path("tools")
                .valueStream()
                .filter(tool -> tool.path("strict").asBoolean(false))
                .map(tool -> tool.path("input_schema"));
        return Stream.concat(
                tools, Stream.of(request.path("output_config").path("format").path("schema")));
    }

    private static Stream<JsonNode> parts(JsonNode messages) {
        return messages.valueStream()
                .flatMap(message -> message.path("content").valueStream())
                .flatMap(part ->
                        Stream.concat(Stream.of(part), part.path("content").valueStream()));
    }

    private static boolean isEmpty(JsonNode message) {
        var content = message.path("content");
        return content.isArray() ? content.isEmpty() : content.asString("").isBlank();
    }
}
