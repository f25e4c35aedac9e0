package pointsman.dialect.messages;

import java.util.Optional;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/// The arguments of a call where they have to be an object. A model may write something else: then the
/// object holds the words as they came, under a name that no tool has. So the client's tool refuses the
/// call, and the model sees what it wrote.
final class ToolInput {
    static final String MALFORMED = "malformed_arguments";

    private ToolInput() {}

    /// The object that this text is, an empty one if it is blank.
    public static Optional<ObjectNode> object(String text) {
        return text.isBlank() ? Optional.of(Json.object()) : Json.object(text);
    }

    /// The object for this text, whatever it is.
    public static ObjectNode any(String text) {
        return object(text).orElseGet(() -> Json.object().put(MALFORMED, text));
    }
}
