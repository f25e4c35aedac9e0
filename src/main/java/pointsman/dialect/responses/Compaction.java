package pointsman.dialect.responses;

import java.util.List;
import pointsman.dialect.conversation.Conversation.Role;
import pointsman.dialect.conversation.Conversation.Turn;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The demand to make a conversation shorter, for models whose maker has no word for it: they are asked to
/// sum it up. OpenAI's clients demand it by a route of its own, or by the last item of a response's input.
public final class Compaction {
    /// The item that demands it.
    static final String TRIGGER = "compaction_trigger";

    private static final String WORDS =
            "Stop here, and call no tools. Sum up this conversation for yourself: what you write is all that you will know of it when it goes on. "
                    + "Say what the user wants, in the user's own words where they matter; what was decided and why; what was done, with the names of files, commands and values; "
                    + "what came of it; and what is to be done next. Write the summary and nothing else.";

    private Compaction() {}

    /// Demands it at the end of a request's input.
    public static void demand(ObjectNode request) {
        var input = request.path("input");
        var items = Json.MAPPER.createArrayNode();
        if (input instanceof ArrayNode list) {
            items.addAll(list);
        } else if (input.isString()) {
            items.addObject().put("role", "user").put("content", input.asString());
        }
        items.addObject().put("type", TRIGGER);
        request.set("input", items);
    }

    /// Whether a request demands it.
    public static boolean isDemanded(JsonNode request) {
        return request.path("input").valueStream().anyMatch(Compaction::isTrigger);
    }

    static boolean isTrigger(JsonNode item) {
        return item.path("type").asString("").equals(TRIGGER);
    }

    /// The turn that asks for it in words.
    static Turn turn(String at) {
        return new Turn(Role.USER, List.of(Part.Text.of(WORDS)), at);
    }
}
