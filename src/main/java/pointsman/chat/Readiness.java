package pointsman.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import pointsman.score.PromptScorer;
import pointsman.tier.Tier;
import pointsman.upstream.Dispatcher;

/// Whether requests have a chance now: the router scores, and each upstream can be asked.
final class Readiness {
    private final PromptScorer scorer;
    private final Dispatcher dispatcher;

    Readiness(PromptScorer scorer, Dispatcher dispatcher) {
        this.scorer = scorer;
        this.dispatcher = dispatcher;
    }

    JsonEndpoint.Content content() {
        var parts = new LinkedHashMap<String, Object>();
        parts.put("router", scorer.ready());
        for (var tier : Tier.values()) {
            parts.put(tier.label(), dispatcher.isReady(tier));
        }
        var ready = !parts.containsValue(false);
        return new JsonEndpoint.Content(
                ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                Map.of("status", ready ? "ready" : "not_ready", "parts", parts));
    }
}
