package pointsman.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import pointsman.score.PromptScorer;
import pointsman.upstream.Dispatcher;
import pointsman.upstream.Upstreams;

/// Whether requests have a chance now: the router scores, and each upstream can be asked.
final class Readiness {
    private final PromptScorer scorer;
    private final Dispatcher dispatcher;
    private final Upstreams upstreams;

    Readiness(PromptScorer scorer, Dispatcher dispatcher, Upstreams upstreams) {
        this.scorer = scorer;
        this.dispatcher = dispatcher;
        this.upstreams = upstreams;
    }

    JsonEndpoint.Content content() {
        var parts = new LinkedHashMap<String, Object>();
        parts.put("router", scorer.ready());
        for (var upstream : upstreams.all()) {
            parts.put(upstream.name(), dispatcher.isReady(upstream));
        }
        var ready = !parts.containsValue(false);
        return new JsonEndpoint.Content(
                ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                Map.of("status", ready ? "ready" : "not_ready", "parts", parts));
    }
}
