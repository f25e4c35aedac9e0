package pointsman.testing;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What the real providers refuse, whatever else is wrong with a [FaultyUpstream]: a gateway that asks for
/// the rest of an answer in a shape that nobody takes is found out.
final class StrictWords {
    private static final Set<String> CHAT_ROLES =
            Set.of("system", "developer", "user", "assistant", "tool", "function");
    private static final Set<String> MESSAGES_ROLES = Set.of("user", "assistant");

    private StrictWords() {}

    static Optional<Refusal> refusal(WordWire wire, Call call) {
        JsonNode request;
        try {
            request = call.json();
        } catch (JacksonException _) {
            return Optional.of(Refusal.openai("We could not parse the JSON body of your request.", "", ""));
        }
        return wire instanceof MessagesWords ? ofMessages(request) : ofChat(request);
    }

    private static Optional<Refusal> ofChat(JsonNode request) {
        if (request.path("model").asString("").isEmpty()) {
            return Optional.of(Refusal.openai("you must provide a model parameter", "", ""));
        }
        if (request.path("messages").isEmpty()) {
            return Optional.of(Refusal.openai("Missing required parameter: 'messages'.", "messages", ""));
        }
        if (request.has("stream_options") && !request.path("stream").asBoolean(false)) {
            return Optional.of(Refusal.openai(
                    "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options", ""));
        }
        return unknownRole(request, CHAT_ROLES)
                .map(role -> Refusal.openai("Invalid value: '" + role + "'.", "messages", "invalid_value"))
                .or(() -> StrictProvider.refusal("openai", request));
    }

    private static Optional<Refusal> ofMessages(JsonNode request) {
        var missing = Stream.of("model", "max_tokens", "messages")
                .filter(field -> !request.has(field))
                .findFirst();
        if (missing.isPresent()) {
            return Optional.of(Refusal.anthropic(missing.get() + ": Field required"));
        }
        if (request.path("messages").isEmpty()) {
            return Optional.of(Refusal.anthropic("messages: at least one message is required"));
        }
        if (request.has("stream_options")) {
            return Optional.of(Refusal.anthropic("stream_options: Extra inputs are not permitted"));
        }
        var prefill = Words.prefill(request);
        if (!prefill.equals(prefill.stripTrailing())) {
            return Optional.of(
                    Refusal.anthropic("messages: final assistant content cannot end with trailing whitespace"));
        }
        return unknownRole(request, MESSAGES_ROLES)
                .map(role -> Refusal.anthropic(
                        "messages: Unexpected role \"%s\". Allowed roles are \"user\" or \"assistant\"."
                                .formatted(role)))
                .or(() -> StrictProvider.refusal("anthropic", request));
    }

    private static Optional<String> unknownRole(JsonNode request, Set<String> known) {
        return StrictRule.roles(request).filter(role -> !known.contains(role)).findFirst();
    }
}
