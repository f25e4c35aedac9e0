package pointsman.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import pointsman.cache.ProviderCache;
import pointsman.dialect.chat.PromptTokens;
import pointsman.fleet.Model;
import pointsman.fleet.Models;
import pointsman.job.Endpoint;
import pointsman.job.Forecast;
import pointsman.job.JobPlan;
import pointsman.job.JobPlan.Leg;
import pointsman.job.LanePlan.Arm;
import pointsman.job.Question;
import pointsman.job.Sending;
import pointsman.plan.PlanOptions.Orders;
import tools.jackson.databind.json.JsonMapper;

/// Plans a batch: for each upstream in which order its requests are sent, and in how many lanes. Fields move only
/// where the client lets them and the provider's rule makes it cheaper.
final class BatchPlanner {
    private static final int QUESTIONS_PER_LANE = 4;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Models upstreams;
    private final Map<String, ProviderCache> caches;
    private final ToIntFunction<String> laneLimits;

    /// @param caches the rule that each upstream follows, by its name
    /// @param laneLimits lanes at once on an upstream
    BatchPlanner(Models upstreams, Map<String, ProviderCache> caches, ToIntFunction<String> laneLimits) {
        this.upstreams = upstreams;
        this.caches = Map.copyOf(caches);
        this.laneLimits = laneLimits;
    }

    /// Plans a whole batch.
    ///
    /// @param questions in the order of the file
    /// @param fields how fields may move; empty: not at all
    JobPlan plan(List<Question> questions, Endpoint endpoint, Optional<Orders> fields) {
        var legs = new ArrayList<Leg>();
        for (var upstream : upstreams.all()) {
            var its = questions.stream()
                    .filter(question -> question.upstream().equals(upstream.name()))
                    .toList();
            if (!its.isEmpty()) {
                legs.add(leg(its, upstream, endpoint, fields));
            }
        }
        return new JobPlan(questions.size(), legs, JSON.createObjectNode());
    }

    private Leg leg(List<Question> questions, Model upstream, Endpoint endpoint, Optional<Orders> fields) {
        var cache = endpoint.hinted(cache(upstream));
        var order = new RequestOrder(endpoint);
        var tokens = new PromptTokens();
        int lanes = Math.clamp(
                Math.ceilDiv(questions.size(), QUESTIONS_PER_LANE), 1, laneLimits.applyAsInt(upstream.name()));
        var written = Sending.of(upstream.name(), order.asWritten(questions), cache, tokens);
        var sending = fields.filter(_ -> endpoint == Endpoint.CHAT)
                .map(orders -> Sending.of(upstream.name(), order.reordered(questions, orders), cache, tokens))
                .filter(moved -> isBetter(
                        Forecast.of(moved, cache, upstream.price(), lanes, 0),
                        Forecast.of(written, cache, upstream.price(), lanes, 0)))
                .orElse(written);
        return new Leg(sending, cache, lanes, Arm.SENT);
    }

    /// Cheaper, or of an upstream whose tokens are all the same price more from its cache.
    private static boolean isBetter(Forecast moved, Forecast written) {
        return moved.costMicros() < written.costMicros()
                || (moved.costMicros() == written.costMicros() && moved.cached() > written.cached());
    }

    private ProviderCache cache(Model upstream) {
        var cache = caches.get(upstream.name());
        if (cache == null) {
            throw new IllegalStateException("no cache rule for the upstream " + upstream.name());
        }
        return cache;
    }
}
