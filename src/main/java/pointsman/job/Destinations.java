package pointsman.job;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import pointsman.cache.ProviderCache;
import pointsman.dialect.chat.PromptTokens;
import pointsman.fleet.Model;
import pointsman.fleet.Models;
import pointsman.fleet.Tier;

/// Where questions can go.
///
/// @param upstreams behind the gateway
/// @param caches the rule that each upstream follows, by its name
/// @param laneLimits lanes at once on an upstream, by its name
public record Destinations(Models upstreams, Map<String, ProviderCache> caches, ToIntFunction<String> laneLimits) {
    public Destinations {
        caches = Map.copyOf(caches);
    }

    public List<Model> all() {
        return upstreams.all();
    }

    public Model of(Tier tier) {
        return upstreams.of(tier);
    }

    /// The way to one of them.
    ///
    /// @param askedLanes as the job says; 0: as many as suit
    /// @param answerTokens that one answer is taken to have
    public Destination to(Model upstream, int askedLanes, int answerTokens, PromptTokens tokens) {
        var cache = caches.get(upstream.name());
        if (cache == null) {
            throw new IllegalStateException("no cache rule for the upstream " + upstream.name());
        }
        int laneLimit = laneLimits.applyAsInt(upstream.name());
        return new Destination(upstream, cache, askedLanes, laneLimit, answerTokens, tokens);
    }
}
