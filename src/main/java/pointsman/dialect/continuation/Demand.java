package pointsman.dialect.continuation;

import java.util.Optional;
import pointsman.dialect.conversation.TokenLimits;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks for the rest of an answer in words, which every model understands: the words so far stand as the
/// assistant's turn, and the user's next one demands the rest. It is to begin with the last words again, so
/// that the seam can be found; see [Seam].
public final class Demand {
    private static final String WORDS = """
            Your answer was cut off by a fault on the way. Continue it exactly where it stopped: first repeat its \
            last few words, then write the rest. Do not begin again, do not comment on this, and do not explain.""";

    private Demand() {}

    /// The request for the rest.
    ///
    /// @param field of the body that holds the turns
    /// @param body that was answered, as it was sent
    /// @param said the words so far; without any the same is asked again
    /// @param tokens about how many tokens these are
    /// @return empty if the body has no place for it
    public static Optional<byte[]> of(String field, byte[] body, String said, int tokens) {
        if (said.isBlank()) {
            return Optional.of(body);
        }
        return Json.object(body).filter(request -> add(field, request, said)).map(request -> {
            TokenLimits.lessen(request, tokens);
            return Json.MAPPER.writeValueAsBytes(request);
        });
    }

    private static boolean add(String field, ObjectNode request, String said) {
        if (request.path(field).isString()) {
            var input = request.path(field).stringValue();
            request.putArray(field).addObject().put("role", "user").put("content", input);
        }
        if (!(request.path(field) instanceof ArrayNode turns)) {
            return false;
        }
        turns.addObject().put("role", "assistant").put("content", said.stripTrailing());
        turns.addObject().put("role", "user").put("content", WORDS);
        return true;
    }
}
