package pointsman.dialect.habit;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is said in a request, and by whom.
final class MessageFitting {
    private static final String NO_WORDS = "(no message)";
    private static final String NO_RESULT = "(no result)";
    private static final String MESSAGES = "messages.";

    private final Fitting fitting;
    private final Habits habits;
    private final ObjectNode request;

    private MessageFitting(Fitting fitting) {
        this.fitting = fitting;
        this.habits = fitting.habits();
        this.request = fitting.request();
    }

    static void fit(Fitting fitting) {
        new MessageFitting(fitting).fit();
    }

    private void fit() {
        SystemFitting.attribution(fitting);
        SystemFitting.blank(fitting);
        if (!(request.path("messages") instanceof ArrayNode messages)) {
            return;
        }
        for (var message : messages) {
            if (message instanceof ObjectNode one) {
                fields(one);
            }
        }
        SystemFitting.fit(fitting, messages);
        if (habits.has(Habit.EMPTY_TEXT)) {
            dropEmpty(messages);
        }
        for (var message : messages) {
            if (message instanceof ObjectNode one) {
                content(one);
            }
        }
        if (habits.has(Habit.PREFILL) && isBegunAnswer(messages)) {
            throw fitting.refused("messages", "it does not let a client begin the answer");
        }
    }

    private void fields(ObjectNode message) {
        for (var path : habits.list(Habit.REFUSES)) {
            if (path.startsWith(MESSAGES)) {
                fitting.remove(message, path.substring(MESSAGES.length()), path);
            }
        }
        if (habits.has(Habit.DEVELOPER) && role(message).equals("developer")) {
            message.put("role", habits.value(Habit.DEVELOPER));
            fitting.change();
        }
    }

    /// Texts that say nothing, and then messages of nothing else. What a tool brought has to be there, so
    /// that its call has a result, and a conversation begins with words of the user.
    private void dropEmpty(ArrayNode messages) {
        var kept = new ArrayList<JsonNode>();
        for (var message : messages) {
            if (!(message instanceof ObjectNode one) || saysSomething(one)) {
                kept.add(message);
            }
        }
        if (kept.size() < messages.size()) {
            messages.removeAll();
            var first = (int) kept.stream().takeWhile(MessageFitting::instructs).count();
            messages.addAll(kept);
            if (first == kept.size() || !role(kept.get(first)).equals("user")) {
                messages.insertObject(first).put("role", "user").put("content", NO_WORDS);
            }
            fitting.change();
        }
    }

    private boolean saysSomething(ObjectNode message) {
        dropBlank(message.path("content"));
        message.path("content").forEach(part -> {
            if (part instanceof ObjectNode block
                    && part.path("type").asString("").equals("tool_result")) {
                dropBlankResult(block);
            }
        });
        var content = message.path("content");
        var isEmpty = isBlank(content) || isNothing(content);
        if (isEmpty && role(message).equals("tool")) {
            message.put("content", NO_RESULT);
            fitting.change();
            return true;
        }
        if (isEmpty && !message.path("tool_calls").isEmpty()) {
            emptied(message);
            return true;
        }
        return !isEmpty;
    }

    private void emptied(ObjectNode message) {
        if (!message.path("content").isNull() && !habits.has(Habit.NULL_CONTENT)) {
            message.putNull("content");
            fitting.change();
        }
    }

    private void dropBlankResult(ObjectNode block) {
        dropBlank(block.path("content"));
        var content = block.path("content");
        if (isBlank(content) || (content.isArray() && content.isEmpty())) {
            block.remove("content");
            fitting.change();
        }
    }

    private void dropBlank(JsonNode content) {
        fitting.remove(content, part -> isBlank(part.path("text")));
    }

    private void content(ObjectNode message) {
        ImageFitting.fit(fitting, message.path("content"));
        var content = message.path("content");
        var isAssistant = role(message).equals("assistant");
        if (habits.has(Habit.NULL_CONTENT) && isAssistant && isNothing(content)) {
            message.put("content", "");
            fitting.change();
        }
        if (habits.has(Habit.CONTENT_LIST) && content.isArray()) {
            message.put("content", joined(content));
            fitting.change();
        }
    }

    private String joined(JsonNode content) {
        var texts = SystemFitting.texts(content);
        if (texts.size() < content.size()) {
            throw fitting.refused("messages", "it reads text only");
        }
        return String.join("\n", texts);
    }

    private static boolean isBegunAnswer(ArrayNode messages) {
        var last = messages.isEmpty() ? messages : messages.get(messages.size() - 1);
        return role(last).equals("assistant") && !last.path("prefix").asBoolean(false);
    }

    private static boolean isNothing(JsonNode content) {
        return content.isNull() || content.isMissingNode() || (content.isArray() && content.isEmpty());
    }

    private static boolean isBlank(JsonNode text) {
        return text.isString() && text.stringValue().isBlank();
    }

    private static boolean instructs(JsonNode message) {
        return role(message).equals("system") || role(message).equals("developer");
    }

    static String role(JsonNode message) {
        return message.path("role").asString("");
    }

    static List<String> roles(ArrayNode messages) {
        return messages.valueStream().map(MessageFitting::role).toList();
    }
}
