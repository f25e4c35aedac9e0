package pointsman.dialect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.RequestFacts.NamedChoice;
import pointsman.failure.Failure;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/// One pass over a request, in whichever dialect, that remembers what routing needs and skips the rest unread.
final class RequestReader {
    private final Dialect dialect;
    private final Operation operation;
    private final String conversation;
    private final JsonParser parser;
    private final ReadLimits limits;
    private final Set<String> fields = new HashSet<>();
    private @Nullable String model;
    private @Nullable Span modelValue;
    private boolean stream;
    private @Nullable Span streamOptions;
    private boolean usageAsked;
    private @Nullable Span usageValue;
    private boolean conversationRead;
    private final TextToScore textToScore = new TextToScore();
    private final List<Span> unsignedThoughts = new ArrayList<>();
    private boolean onlyUnsigned;
    private final List<NamedTool> tools = new ArrayList<>();
    private @Nullable NamedTool toolChoice;
    private final EnumSet<Attachment> attachments = EnumSet.noneOf(Attachment.class);
    private final Beginning beginning = new Beginning();
    private @Nullable Span cacheKey;

    RequestReader(Dialect dialect, Operation operation, JsonParser parser, ReadLimits limits) {
        this.dialect = dialect;
        this.operation = operation;
        this.conversation = operation.conversation(dialect);
        this.parser = parser;
        this.limits = limits;
    }

    RequestFacts read() {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw invalid("", "The body must be a JSON object.");
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = parser.currentName();
            if (!fields.add(field)) {
                throw invalid(field, "The field '%s' stands twice in the body.".formatted(field));
            }
            parser.nextToken();
            readField(field);
        }
        if (parser.nextToken() != null) {
            throw invalid("", "Something follows the JSON object in the body.");
        }
        return complete();
    }

    private void readField(String field) {
        switch (field) {
            case "model" -> readModel();
            case "stream" -> stream = readBoolean(field);
            case "stream_options" -> readStreamOptions();
            case "tools" -> readTools();
            case "system", "instructions" -> beginning.system(readStrings(true));
            case "prompt_cache_key" -> readCacheKey();
            case "tool_choice" -> readToolChoice();
            default -> {
                if (field.equals(conversation)) {
                    readConversation();
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private RequestFacts complete() {
        if (model == null || modelValue == null) {
            throw invalid("model", "The field 'model' is missing.");
        }
        if (!conversationRead) {
            throw invalid(conversation, "The field '%s' is missing.".formatted(conversation));
        }
        return new RequestFacts(
                model,
                modelValue,
                stream,
                streamOptions,
                usageAsked,
                usageValue,
                Set.copyOf(fields),
                textToScore.toString(),
                beginning.text(),
                beginning.isContinued(),
                cacheKey,
                List.copyOf(unsignedThoughts),
                namedChoice(),
                Set.copyOf(attachments));
    }

    private void readModel() {
        if (parser.currentToken() != JsonToken.VALUE_STRING
                || parser.getString().isBlank()) {
            throw invalid("model", "The field 'model' must be a non-empty string.");
        }
        model = parser.getString();
        modelValue = currentSpan();
    }

    private boolean readBoolean(String field) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw invalid(field, "The field '%s' must be true or false.".formatted(field));
        };
    }

    private void readStreamOptions() {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            streamOptions = currentSpan();
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("stream_options", "The field 'stream_options' must be an object.");
        }
        var start = offset(parser.currentTokenLocation());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = parser.currentName();
            parser.nextToken();
            if (field.equals("include_usage")) {
                usageAsked = readBoolean("stream_options.include_usage");
                usageValue = currentSpan();
            } else {
                parser.skipChildren();
            }
        }
        streamOptions = new Span(start, offset(parser.currentLocation()));
    }

    /// A list of messages, in which OpenAI's responses know further items; they may also be asked by one
    /// string.
    private void readConversation() {
        conversationRead = true;
        if (operation == Operation.COMPLETION || operation == Operation.EMBEDDINGS) {
            textToScore.turn("user", readStrings(false));
            return;
        }
        if (dialect == Dialect.OPENAI_RESPONSES && parser.currentToken() == JsonToken.VALUE_STRING) {
            turn("user", parser.getString());
            return;
        }
        requireArray(conversation);
        var count = 0;
        var messages = new ListCut();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++count > limits.messages()) {
                throw tooMany(conversation, limits.messages());
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw invalid(at(count - 1), "A message must be an object.");
            }
            var start = offset(parser.currentTokenLocation());
            readMessage(count - 1);
            messages.element(new Span(start, offset(parser.currentLocation())), onlyUnsigned);
        }
        unsignedThoughts.addAll(messages.end());
        if (count == 0) {
            throw invalid(conversation, "The field '%s' must hold at least one message.".formatted(conversation));
        }
    }

    /// The strings of a value, however deep they lie: all, or only those that are called `text`.
    private String readStrings(boolean onlyTexts) {
        var text = new StringBuilder();
        var depth = 0;
        do {
            depth += parser.currentToken().isStructStart()
                    ? 1
                    : parser.currentToken().isStructEnd() ? -1 : 0;
            if (parser.currentToken() == JsonToken.VALUE_STRING
                    && (depth == 0 || !onlyTexts || "text".equals(parser.currentName()))) {
                text.append(text.isEmpty() ? "" : "\n").append(parser.getString());
            }
        } while (depth > 0 && parser.nextToken() != null);
        return text.toString();
    }

    private void readMessage(int index) {
        var role = "";
        var text = "";
        onlyUnsigned = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "role" -> role = readString(at(index) + ".role");
                case "content" -> text = readContent(index);
                default -> parser.skipChildren();
            }
        }
        if (role.isEmpty() && dialect != Dialect.OPENAI_RESPONSES) {
            throw invalid(at(index) + ".role", "A message needs a role.");
        }
        turn(role, text);
    }

    private void turn(String role, String text) {
        textToScore.turn(role, text);
        beginning.turn(role, text);
    }

    private void readCacheKey() {
        var start = offset(parser.currentTokenLocation());
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.getString();
        }
        parser.skipChildren();
        cacheKey = new Span(start, offset(parser.currentLocation()));
    }

    private String at(int index) {
        return "%s[%d]".formatted(conversation, index);
    }

    private String readContent(int index) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> "";
            case START_ARRAY -> readParts(index);
            default ->
                throw invalid(at(index) + ".content", "A message's content must be a string, a list of parts or null.");
        };
    }

    private String readParts(int index) {
        var text = new StringBuilder();
        var unsigned = new ListCut();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw invalid(at(index) + ".content", "A part of a message's content must be an object.");
            }
            var start = offset(parser.currentTokenLocation());
            var isUnsigned = readPart(text);
            unsigned.element(new Span(start, offset(parser.currentLocation())), isUnsigned);
        }
        onlyUnsigned = unsigned.isWhole();
        if (!onlyUnsigned) {
            unsignedThoughts.addAll(unsigned.end());
        }
        return text.toString();
    }

    /// Reads a part, and says whether it is a thought that nobody signed.
    private boolean readPart(StringBuilder text) {
        var isThought = false;
        var isUnsigned = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = parser.currentName();
            parser.nextToken();
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                parser.skipChildren();
                continue;
            }
            switch (field) {
                case "text" -> text.append(text.isEmpty() ? "" : "\n").append(parser.getString());
                case "type" -> {
                    var type = parser.getString();
                    isThought = type.equals("thinking");
                    Attachment.of(type).ifPresent(attachments::add);
                }
                case "signature" -> isUnsigned = parser.getStringLength() == 0;
                default -> {}
            }
        }
        return isThought && isUnsigned;
    }

    private void readTools() {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        requireArray("tools");
        var count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++count > limits.tools()) {
                throw tooMany("tools", limits.tools());
            }
            var start = offset(parser.currentTokenLocation());
            var name = readFunctionName();
            tools.add(new NamedTool(name, new Span(start, offset(parser.currentLocation()))));
        }
    }

    private void readToolChoice() {
        var start = offset(parser.currentTokenLocation());
        var name = readFunctionName();
        if (!name.isEmpty()) {
            toolChoice = new NamedTool(name, new Span(start, offset(parser.currentLocation())));
        }
    }

    /// The name in OpenAI's `{"function": {"name": "f"}}`, empty if this value holds none. It is read to its
    /// end.
    private String readFunctionName() {
        var name = "";
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return name;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = parser.currentName();
            parser.nextToken();
            if (field.equals("function") && parser.currentToken() == JsonToken.START_OBJECT) {
                name = readName();
            } else {
                parser.skipChildren();
            }
        }
        return name;
    }

    private String readName() {
        var name = "";
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var field = parser.currentName();
            var token = parser.nextToken();
            if (field.equals("name") && token == JsonToken.VALUE_STRING) {
                name = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        return name;
    }

    /// The choice of one tool, and what to cut out for the others to go.
    private Optional<NamedChoice> namedChoice() {
        var choice = toolChoice;
        if (choice == null || tools.stream().noneMatch(tool -> tool.name().equals(choice.name()))) {
            return Optional.empty();
        }
        var others = new ListCut();
        tools.forEach(tool -> others.element(tool.at(), !tool.name().equals(choice.name())));
        return Optional.of(new NamedChoice(choice.at(), others.end()));
    }

    private void requireArray(String field) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid(field, "The field '%s' must be a list.".formatted(field));
        }
    }

    private String readString(String field) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw invalid(field, "The field '%s' must be a string.".formatted(field));
        }
        return parser.getString();
    }

    private Span currentSpan() {
        return new Span(offset(parser.currentTokenLocation()), offset(parser.currentLocation()));
    }

    private static int offset(TokenStreamLocation location) {
        return (int) location.getByteOffset();
    }

    private static RuntimeException tooMany(String field, int limit) {
        return invalid(field, "The field '%s' holds more than the limit of %d.".formatted(field, limit));
    }

    private static RuntimeException invalid(String field, String message) {
        return (field.isEmpty()
                        ? new Failure.BadRequest("invalid_request", message, Optional.empty())
                        : Failure.BadRequest.inField(field, message))
                .asException();
    }

    /// A tool, or the choice of one, and where it stands.
    private record NamedTool(String name, Span at) {}
}
