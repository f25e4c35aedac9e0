package pointsman.dialect.habit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Instructions, where they have one place only, and the line that clients put before them for Anthropic.
final class SystemFitting {
    /// Names the client program, with a hash that changes with every turn.
    static final String BILLING = "x-anthropic-billing-header:";

    private static final String SYSTEM = "system";

    private SystemFitting() {}

    /// All instructions stand at the beginning, in their order.
    static void fit(Fitting fitting, ArrayNode messages) {
        var habits = fitting.habits();
        if (!habits.has(Habit.SYSTEM)) {
            return;
        }
        var roles = MessageFitting.roles(messages);
        var isInPlace = habits.isChat() ? roles.lastIndexOf(SYSTEM) <= 0 : !roles.contains(SYSTEM);
        if (isInPlace) {
            return;
        }
        var texts = new ArrayList<String>();
        var others = new ArrayList<JsonNode>();
        for (var message : messages) {
            if (MessageFitting.role(message).equals(SYSTEM)) {
                texts.addAll(texts(message.path("content")));
            } else {
                others.add(message);
            }
        }
        messages.removeAll();
        if (habits.isChat()) {
            messages.addObject().put("role", SYSTEM).put("content", String.join("\n\n", texts));
        } else {
            append(fitting.request(), texts);
        }
        messages.addAll(others);
        fitting.change();
    }

    private static void append(ObjectNode request, List<String> texts) {
        if (request.path(SYSTEM) instanceof ArrayNode blocks) {
            texts.forEach(text -> blocks.addObject().put("type", "text").put("text", text));
            return;
        }
        var first = Stream.of(request.path(SYSTEM).asString("")).filter(text -> !text.isEmpty());
        request.put(
                SYSTEM, String.join("\n\n", Stream.concat(first, texts.stream()).toList()));
    }

    /// The texts of a content.
    static List<String> texts(JsonNode content) {
        return content.isString()
                ? List.of(content.stringValue())
                : content.valueStream()
                        .filter(part -> part.path("type").asString("").equals("text"))
                        .map(part -> part.path("text").asString(""))
                        .toList();
    }

    /// Leaves the line out that names the client program.
    static void attribution(Fitting fitting) {
        var request = fitting.request();
        if (!fitting.habits().has(Habit.ATTRIBUTION)) {
            return;
        }
        if (fitting.remove(request.path(SYSTEM), SystemFitting::isAttribution)) {
            fitting.name("system.x-anthropic-billing-header");
            if (request.path(SYSTEM).isEmpty()) {
                request.remove(SYSTEM);
            }
        } else if (request.path(SYSTEM).asString("").startsWith(BILLING)) {
            var text = request.path(SYSTEM).stringValue();
            var end = text.indexOf('\n');
            request.put(SYSTEM, end < 0 ? "" : text.substring(end + 1));
            fitting.name("system.x-anthropic-billing-header");
        }
    }

    /// Leaves instructions out that say nothing, where these have a place of their own.
    static void blank(Fitting fitting) {
        var system = fitting.request().path(SYSTEM);
        if (!fitting.habits().has(Habit.EMPTY_TEXT) || system.isMissingNode()) {
            return;
        }
        fitting.remove(system, SystemFitting::isBlank);
        if (system.isArray() ? system.isEmpty() : system.asString("").isBlank()) {
            fitting.request().remove(SYSTEM);
            fitting.change();
        }
    }

    private static boolean isBlank(JsonNode block) {
        return block.path("text").isString() && block.path("text").stringValue().isBlank();
    }

    private static boolean isAttribution(JsonNode block) {
        return block.path("text").asString("").startsWith(BILLING);
    }
}
