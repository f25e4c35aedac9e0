package pointsman.dialect;

import java.util.Optional;
import pointsman.dialect.wire.Json;
import pointsman.failure.ErrorShape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What an upstream's error body says, in whichever dialect: `{"error": {"message", "type", "param",
/// "code"}}`, or the same within `{"type": "error"}`.
///
/// @param message for people
/// @param type its kind, such as `invalid_request_error`
/// @param param the field at fault
/// @param code a word for programs; llama.cpp repeats the status here
public record ErrorText(String message, Optional<String> type, Optional<String> param, Optional<String> code) {
    /// Reads an error body.
    ///
    /// @return empty if these bytes are no JSON object with an `error`
    public static Optional<ErrorText> read(byte[] body) {
        return Json.object(body)
                .map(object -> object.get("error"))
                .filter(error -> !error.isNull())
                .map(ErrorText::of);
    }

    /// The shape of an error body, whatever dialect its sender is said to speak: proxies in front of
    /// providers have their own.
    public static ErrorShape shapeOf(byte[] body) {
        return Json.object(body)
                .filter(object -> object.path("type").asString("").equals("error"))
                .map(_ -> ErrorShape.ANTHROPIC)
                .orElse(ErrorShape.OPENAI);
    }

    static ErrorText of(JsonNode error) {
        return error instanceof ObjectNode object
                ? new ErrorText(
                        text(object, "message").orElse(""),
                        text(object, "type"),
                        text(object, "param"),
                        text(object, "code"))
                : new ErrorText(error.asString(""), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<String> text(ObjectNode error, String field) {
        return Optional.ofNullable(error.get(field))
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull())
                .map(value -> value.asString(""));
    }
}
