package pointsman.job.store;

import java.util.Optional;
import pointsman.job.StopReason;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reasons as JSON: `{"code", "message"}`. What nothing but its tenant stops has none.
public final class StopReasons {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String EXPIRED = "expired";
    private static final String COST_REACHED = "max_cost_reached";

    private StopReasons() {}

    /// The object for clients; empty for no reason.
    public static Optional<ObjectNode> json(StopReason reason) {
        return switch (reason) {
            case StopReason.None _ -> Optional.empty();
            case StopReason.Expired(var message) -> Optional.of(json(EXPIRED, message));
            case StopReason.CostReached(var message) -> Optional.of(json(COST_REACHED, message));
            case StopReason.Failed(var code, var message) -> Optional.of(json(code, message));
        };
    }

    private static ObjectNode json(String code, String message) {
        return JSON.createObjectNode().put("code", code).put("message", message);
    }

    /// The text for the store; empty for no reason.
    static String text(StopReason reason) {
        return json(reason).map(ObjectNode::toString).orElse("");
    }

    static StopReason of(String text) {
        if (text.isEmpty()) {
            return new StopReason.None();
        }
        var json = JSON.readTree(text);
        var code = json.path("code").asString("");
        var message = json.path("message").asString("");
        return switch (code) {
            case EXPIRED -> new StopReason.Expired(message);
            case COST_REACHED -> new StopReason.CostReached(message);
            default -> new StopReason.Failed(code, message);
        };
    }
}
