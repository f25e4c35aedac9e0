package pointsman.dialect.conversation;

import java.util.Optional;
import java.util.regex.Pattern;
import pointsman.dialect.conversation.Conversation.Grammar;
import pointsman.dialect.conversation.Conversation.TextTool;
import pointsman.dialect.conversation.Conversation.Tool;
import pointsman.dialect.wire.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A tool of OpenAI's that takes a text, such as a patch, where others know functions only: it becomes a
/// function with one string as its argument. The grammar that the text must keep to can only be told in
/// words there.
///
/// One instance reads the arguments of one call back to the text, piece by piece as they come. What is no
/// such argument is held until its end, and is then the text as the model wrote it: the client's tool says
/// what is wrong with it.
public final class CustomTool {
    private static final String INPUT = "input";
    private static final Pattern OPENING = Pattern.compile("\\s*\\{\\s*\"" + INPUT + "\"\\s*:\\s*\"");

    /// No model puts so many spaces before a text.
    private static final int LONGEST_OPENING = 256;

    private final StringBuilder arguments = new StringBuilder();
    private int at = -1;
    private boolean ended;

    /// The function that stands for a tool.
    static Tool function(String name, Fields custom, Optional<JsonNode> cache) {
        var description = custom.text("description");
        var grammar = custom.object("format").flatMap(CustomTool::grammar);
        var words = new StringBuilder(description.orElse(""));
        grammar.ifPresent(rules -> words.append(words.isEmpty() ? "" : "\n\n")
                .append("The text must keep to this grammar (%s):\n".formatted(rules.syntax()))
                .append(rules.definition()));
        return new Tool(
                name,
                Optional.of(words.toString()).filter(text -> !text.isEmpty()),
                schema(),
                Optional.empty(),
                cache,
                Optional.of(new TextTool(description, grammar)));
    }

    private static Optional<Grammar> grammar(Fields format) {
        var type = format.text("type").orElse("text");
        var grammar = format.object("grammar").orElse(format);
        return type.equals("grammar")
                ? Optional.of(new Grammar(
                        grammar.text("syntax").orElse("lark"),
                        grammar.text("definition").orElse("")))
                : Optional.empty();
    }

    private static ObjectNode schema() {
        var schema = Json.object().put("type", "object");
        schema.putObject("properties")
                .putObject(INPUT)
                .put("type", "string")
                .put("description", "The whole text, as the tool takes it.");
        schema.putArray("required").add(INPUT);
        return schema.put("additionalProperties", false);
    }

    /// The arguments of the function for a text.
    public static String arguments(String text) {
        return Json.text(Json.object().put(INPUT, text));
    }

    /// The text in such arguments.
    public static String text(String arguments) {
        var tool = new CustomTool();
        return tool.read(arguments) + tool.rest();
    }

    /// Reads more of the arguments.
    ///
    /// @return more of the text
    public String read(String piece) {
        var isBeginning = arguments.length() < LONGEST_OPENING;
        arguments.append(piece);
        if (at < 0 && isBeginning) {
            var opening = OPENING.matcher(arguments);
            at = opening.lookingAt() ? opening.end() : -1;
        }
        var text = new StringBuilder();
        while (at >= 0 && !ended && decode(text)) {}
        return text.toString();
    }

    /// What is left at the end of the arguments.
    public String rest() {
        if (at >= 0) {
            return ended ? "" : arguments.substring(at);
        }
        var whole = arguments.toString();
        try {
            return switch (Json.MAPPER.readTree(whole)) {
                case ObjectNode object when object.isEmpty() -> "";
                case ObjectNode object
                when object.size() == 1 && object.iterator().next().isString() ->
                    object.iterator().next().asString();
                case JsonNode node when node.isString() -> node.asString();
                case JsonNode _ -> whole;
            };
        } catch (JacksonException _) {
            return whole;
        }
    }

    /// Decodes the next character, both halves of one that has two.
    ///
    /// @return false if it is not all there yet, or the text has ended
    private boolean decode(StringBuilder text) {
        var first = unit(at);
        if (first.length == 0) {
            return false;
        }
        if (first.isEnd) {
            ended = true;
            return false;
        }
        var second = Character.isHighSurrogate(first.value) ? unit(at + first.length) : new Unit('-', 0, false);
        if (Character.isHighSurrogate(first.value) && second.length == 0) {
            return false;
        }
        text.append(first.value);
        at += first.length;
        if (Character.isLowSurrogate(second.value)) {
            text.append(second.value);
            at += second.length;
        }
        return true;
    }

    /// The character at a place; of no length if it is not all there.
    private Unit unit(int place) {
        var missing = new Unit('-', 0, false);
        if (place >= arguments.length()) {
            return missing;
        }
        var plain = arguments.charAt(place);
        if (plain != '\\') {
            return new Unit(plain, 1, plain == '"');
        }
        if (place + 1 >= arguments.length()) {
            return missing;
        }
        var escaped = arguments.charAt(place + 1);
        return switch (escaped) {
            case 'n' -> new Unit('\n', 2, false);
            case 't' -> new Unit('\t', 2, false);
            case 'r' -> new Unit('\r', 2, false);
            case 'b' -> new Unit('\b', 2, false);
            case 'f' -> new Unit('\f', 2, false);
            case '"', '\\', '/' -> new Unit(escaped, 2, false);
            case 'u' -> place + 6 > arguments.length() ? missing : coded(place);
            // No escape of JSON's: models write some all the same, and mean both characters.
            default -> new Unit('\\', 1, false);
        };
    }

    private Unit coded(int place) {
        var digits = arguments.substring(place + 2, place + 6);
        return digits.matches("[0-9a-fA-F]{4}")
                ? new Unit((char) Integer.parseInt(digits, 16), 6, false)
                : new Unit('\\', 1, false);
    }

    /// One character and how long it is written.
    private record Unit(char value, int length, boolean isEnd) {}
}
