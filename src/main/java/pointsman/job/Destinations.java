package pointsman.job;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import pointsman.cache.ProviderCache;
import pointsman.dialect.chat.PromptTokens;
import pointsman.fleet.Model;
import pointsman.fleet.Models;
import pointsman.route.Grounds;
import pointsman.route.Router;

/// Where questions can go.
///
/// @param router knows the model of each decision
/// @param models behind the gateway
/// @param caches the rule that each model's provider follows
/// @param laneLimits lanes at once on a model, by its name
public record Destinations(
        Router router, Models models, Function<Model, ProviderCache> caches, ToIntFunction<String> laneLimits) {
    /// The names of models in the order in which their parts are planned: as the gateway has them, then
    /// others.
    public List<String> ordered(List<String> names) {
        var all = models.all().stream().map(Model::name).toList();
        return names.stream()
                .distinct()
                .sorted((one, other) -> Integer.compare(place(all, one), place(all, other)))
                .toList();
    }

    private static int place(List<String> all, String name) {
        var place = all.indexOf(name);
        return place < 0 ? all.size() : place;
    }

    /// The model that answers on these grounds.
    public Model of(Grounds grounds) {
        return router.to(grounds).model();
    }

    /// The last rung of the ladder that decided so: what all is measured by.
    public Model dearest(Grounds grounds) {
        return router.last(grounds);
    }

    /// The way to one of them.
    ///
    /// @param askedLanes as the job says; 0: as many as suit
    /// @param answerTokens that one answer is taken to have
    public Destination to(Model upstream, int askedLanes, int answerTokens, PromptTokens tokens) {
        int laneLimit = laneLimits.applyAsInt(upstream.name());
        return new Destination(upstream, caches.apply(upstream), askedLanes, laneLimit, answerTokens, tokens);
    }
}
