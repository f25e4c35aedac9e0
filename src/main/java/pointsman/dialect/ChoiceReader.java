package pointsman.dialect;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.wire.Span;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Reads what `POST /v1/choose` is asked about: a text, or a whole request in one of the three dialects.
/// The request's bytes are taken as they stand, for its length counts in a choice, too.
final class ChoiceReader {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String AUTO = "auto";

    private final BodyParser body;
    private final Set<String> fields = new HashSet<>();
    private String model = AUTO;
    private String dialect = "openai";
    private @Nullable String text;
    private @Nullable Span request;

    /// The request that a choice is wanted for.
    record Asked(Dialect dialect, byte[] body) {}

    ChoiceReader(JsonParser parser) {
        this.body = new BodyParser(parser);
    }

    /// @param bytes that the parser reads
    Asked read(byte[] bytes) {
        if (!body.next() || !body.is(JsonToken.START_OBJECT)) {
            throw BodyParser.invalid("", "The body must be a JSON object.");
        }
        while (body.nextField()) {
            readField(body.value());
        }
        if (body.next()) {
            throw BodyParser.invalid("", "Something follows the JSON object in the body.");
        }
        requireOne();
        var at = request;
        return at == null
                ? new Asked(Dialect.OPENAI_CHAT, chat())
                : new Asked(spoken(), Arrays.copyOfRange(bytes, at.start(), at.end()));
    }

    private void readField(String field) {
        if (!fields.add(field)) {
            throw BodyParser.invalid(field, "The field '%s' stands twice in the body.".formatted(field));
        }
        switch (field) {
            case "text" -> text = body.requireString(field);
            case "model" -> model = body.requireString(field);
            case "dialect" -> dialect = body.requireString(field);
            case "request" -> request = object();
            default ->
                throw BodyParser.invalid(
                        field,
                        "There is no field '%s' here; there are text, model, request and dialect.".formatted(field));
        }
    }

    private Span object() {
        if (!body.is(JsonToken.START_OBJECT)) {
            throw BodyParser.invalid("request", "The field 'request' must be an object: a whole request.");
        }
        var start = body.start();
        body.skip();
        return body.from(start);
    }

    private void requireOne() {
        if (fields.contains("text") == fields.contains("request")) {
            throw BodyParser.invalid("text", "Send either a 'text' or a 'request'.");
        }
        if (fields.contains("request") && fields.contains("model")) {
            throw BodyParser.invalid("model", "A 'request' names its model itself: leave the field 'model' out.");
        }
        if (fields.contains("text") && fields.contains("dialect")) {
            throw BodyParser.invalid("dialect", "A 'text' is of no dialect: leave the field 'dialect' out.");
        }
    }

    /// The chat that asks this.
    private byte[] chat() {
        return JSON.writeValueAsBytes(new Chat(model, new Chat.Turn[] {new Chat.Turn("user", String.valueOf(text))}));
    }

    private record Chat(String model, Turn[] messages) {
        private record Turn(String role, String content) {}
    }

    private Dialect spoken() {
        return switch (dialect) {
            case "openai" -> Dialect.OPENAI_CHAT;
            case "responses" -> Dialect.OPENAI_RESPONSES;
            case "anthropic" -> Dialect.ANTHROPIC_MESSAGES;
            default ->
                throw BodyParser.invalid("dialect", "The field 'dialect' must be openai, responses or anthropic.");
        };
    }
}
