package pointsman.dialect.conversation;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The fields by which the dialects and engines limit the tokens of an answer.
public final class TokenLimits {
    private static final List<String> FIELDS =
            List.of("max_tokens", "max_completion_tokens", "max_output_tokens", "n_predict");

    private TokenLimits() {}

    /// Leaves so many tokens less, one at least, for the rest of an answer.
    public static void lessen(ObjectNode request, int tokens) {
        for (var field : FIELDS) {
            var limit = request.path(field);
            if (limit.isNumber()) {
                request.put(field, Math.max(1, limit.asInt() - tokens));
            }
        }
    }
}
