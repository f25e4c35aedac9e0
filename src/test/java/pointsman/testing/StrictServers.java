package pointsman.testing;

import static pointsman.testing.StrictRule.when;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What servers of open models refuse, in either dialect.
final class StrictServers {
    private static final String FIRST = "System message must be at the beginning.";

    private StrictServers() {}

    static List<StrictRule> rules(String server) {
        return switch (server) {
            case "ollama" ->
                List.of(when(StrictServers::instructsLater, _ -> Refusal.plain(500, FIRST.toLowerCase(Locale.ROOT)))
                        .of("qwen3\\.8.*"));
            case "vllm" -> List.of(when(StrictServers::instructsLater, _ -> Refusal.openai(FIRST, "", "")));
            case "llama-server" ->
                List.of(when(
                        StrictServers::instructsLater,
                        _ -> new Refusal(
                                500,
                                "{\"error\":{\"code\":500,\"message\":\"Jinja Exception: %s\",\"type\":\"server_error\"}}"
                                        .formatted(FIRST))));
            default -> lmStudio();
        };
    }

    /// An instruction behind another message, and in Anthropic's dialect any among them beside `system`.
    private static boolean instructsLater(JsonNode request) {
        var before = request.has("system") ? 0 : 1;
        return StrictRule.roles(request).skip(before).anyMatch("system"::equals);
    }

    private static List<StrictRule> lmStudio() {
        return List.of(
                when(
                        request -> request.path("response_format")
                                .path("type")
                                .asString("")
                                .equals("json_object"),
                        _ -> Refusal.plain(400, "'response_format.type' must be 'json_schema' or 'text'")),
                when(
                        request -> request.path("tool_choice").isObject(),
                        _ -> Refusal.plain(
                                400,
                                "Invalid tool_choice type: 'object'. Supported string values: none, auto, required")),
                when(
                        request -> request.path("tool_choice").isString()
                                && !Set.of("none", "auto", "required")
                                        .contains(request.path("tool_choice").asString()),
                        _ -> Refusal.plain(400, "Invalid tool_choice.")));
    }
}
