package pointsman.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import pointsman.fleet.Dispatcher;
import pointsman.fleet.Models;
import pointsman.http.JsonReply;
import pointsman.score.PromptScorer;

/// Whether this process has come up: the router scores, and every model of ours was started, or given up
/// for now. The jobs' store is open before the port is.
///
/// It never goes back. An upstream that fails is the upstream's matter and told in the body alone: a
/// balancer that took every gateway out of its pool while a provider has trouble would end what still
/// works, too.
final class Readiness {
    private final PromptScorer scorer;
    private final Dispatcher dispatcher;
    private final Models upstreams;
    private volatile boolean hasComeUp;

    Readiness(PromptScorer scorer, Dispatcher dispatcher, Models upstreams) {
        this.scorer = scorer;
        this.dispatcher = dispatcher;
        this.upstreams = upstreams;
    }

    JsonReply reply() {
        var parts = new LinkedHashMap<String, Object>();
        parts.put("router", scorer.ready());
        for (var upstream : upstreams.all()) {
            parts.put(upstream.name(), dispatcher.isReady(upstream));
        }
        var ready = hasComeUp();
        return new JsonReply(
                ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
                Map.of(),
                Map.of("status", ready ? "ready" : "not_ready", "parts", parts));
    }

    private boolean hasComeUp() {
        if (!hasComeUp) {
            hasComeUp = scorer.ready()
                    && upstreams.all().stream()
                            .flatMap(upstream -> upstream.deployments().stream())
                            .allMatch(deployment -> deployment.health().isSettled());
        }
        return hasComeUp;
    }
}
