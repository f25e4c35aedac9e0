package pointsman.dialect;

import java.util.Optional;
import pointsman.dialect.wire.Span;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;

/// A request's body as it is read, token by token, with where in its bytes things stand, and what to say of
/// what is not as it must be.
final class BodyParser {
    private final JsonParser json;

    BodyParser(JsonParser json) {
        this.json = json;
    }

    JsonToken token() {
        return json.currentToken();
    }

    boolean is(JsonToken token) {
        return json.currentToken() == token;
    }

    /// Goes on to the next element of the list, or to the list's end.
    ///
    /// @return whether there is one
    boolean nextElement() {
        return json.nextToken() != JsonToken.END_ARRAY;
    }

    /// Goes on to the next field of the object, or to the object's end; [#value] then goes to the field's value.
    ///
    /// @return whether there is one
    boolean nextField() {
        return json.nextToken() != JsonToken.END_OBJECT;
    }

    /// Goes from a field's name to its value.
    ///
    /// @return the name
    String value() {
        var field = json.currentName();
        json.nextToken();
        return field;
    }

    /// Goes on by a token.
    ///
    /// @return whether there is one
    boolean next() {
        return json.nextToken() != null;
    }

    /// The name of the field that this value is of, empty if it is of none.
    String field() {
        var name = json.currentName();
        return name == null ? "" : name;
    }

    void skip() {
        json.skipChildren();
    }

    String string() {
        return json.getString();
    }

    /// Where this token begins.
    int start() {
        return offset(json.currentTokenLocation());
    }

    /// From there to the end of this token, which the parser may have begun only.
    Span from(int start) {
        json.finishToken();
        return new Span(start, offset(json.currentLocation()));
    }

    String requireString(String field) {
        if (!is(JsonToken.VALUE_STRING)) {
            throw invalid(field, "The field '%s' must be a string.".formatted(field));
        }
        return string();
    }

    boolean requireBoolean(String field) {
        return switch (token()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE, VALUE_NULL -> false;
            default -> throw invalid(field, "The field '%s' must be true or false.".formatted(field));
        };
    }

    void requireList(String field) {
        if (!is(JsonToken.START_ARRAY)) {
            throw invalid(field, "The field '%s' must be a list.".formatted(field));
        }
    }

    static FailureException tooMany(String field, int limit) {
        return invalid(field, "The field '%s' holds more than the limit of %d.".formatted(field, limit));
    }

    /// What is wrong in a field, or in the whole body if `field` is empty.
    static FailureException invalid(String field, String message) {
        return (field.isEmpty()
                        ? new Failure.BadRequest("invalid_request", message, Optional.empty())
                        : Failure.BadRequest.inField(field, message))
                .asException();
    }

    private static int offset(TokenStreamLocation location) {
        return (int) location.getByteOffset();
    }
}
