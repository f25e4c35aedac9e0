package pointsman.score;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What became of loading the router: the gateway starts either way.
sealed interface LoadedRouter extends AutoCloseable {
    /// One line for people: which file, which pair, or why there is none.
    String description();

    @Override
    void close();

    /// Prompts can be scored.
    ///
    /// @param scorers one a calibration, by its name; [Calibrations#STANDARD] for the pair of the configuration
    /// @param release frees what the scorers hold
    record Ready(Map<String, CachingScorer> scorers, String description, Runnable release) implements LoadedRouter {
        public Ready {
            scorers = Map.copyOf(scorers);
        }

        /// The scorer of a calibration, which must be configured: policies are checked when the gateway starts.
        CachingScorer scorer(String calibration) {
            return Optional.ofNullable(scorers.get(calibration)).orElseThrow();
        }

        @Override
        public void close() {
            release.run();
        }
    }

    /// They cannot; the description says why.
    record Unavailable(String description) implements LoadedRouter {
        @Override
        public void close() {}
    }

    /// Loads the artefacts, and makes a scorer with a cache of its own for the pair and for each calibration.
    ///
    /// What the configuration says is checked at once. Graph and vocabulary are read, checked and opened on a
    /// thread of their own meanwhile, and that never fails: a router that does not open is [Unavailable].
    ///
    /// @throws IllegalArgumentException if the router does not know a model of the pair, or a calibration is
    ///     of another router: a wrong property
    static CompletableFuture<LoadedRouter> load(RouterProperties properties, Calibrations calibrations) {
        try {
            var model = RouterModel.load(properties.directory());
            var pair = properties.pairFor(model);
            var pairs = new HashMap<>(calibrations.pairScores(model));
            pairs.put(Calibrations.STANDARD, standard(model, pair));
            var description = description(model, pair);
            return CompletableFuture.<LoadedRouter>supplyAsync(
                            () -> opened(model, pairs, description, properties.cacheEntries()),
                            Thread.ofPlatform().name("router-loader").daemon()::start)
                    .exceptionally(bug -> new Unavailable(model + " cannot be opened: " + bug));
        } catch (RouterModelException unusable) {
            return CompletableFuture.completedFuture(unavailable(unusable));
        }
    }

    private static LoadedRouter opened(
            RouterModel model, Map<String, PairScore> pairs, String description, int cacheEntries) {
        try {
            var graph = model.open();
            var scorers = new HashMap<String, CachingScorer>();
            pairs.forEach((name, score) ->
                    scorers.put(name, new CachingScorer(new OnnxScorer(graph, score), model::bounded, cacheEntries)));
            return new Ready(scorers, description, graph::close);
        } catch (RouterModelException unusable) {
            return unavailable(unusable);
        }
    }

    private static Unavailable unavailable(RouterModelException why) {
        return new Unavailable(String.valueOf(why.getMessage()));
    }

    private static String description(RouterModel model, ModelPair pair) {
        var guess = model.isGuess(pair) ? " (a guess by size or price; `calibrate` fits a pair from outcomes)" : "";
        return "%s for %s%s".formatted(model, pair, guess);
    }

    private static PairScore standard(RouterModel model, ModelPair pair) {
        try {
            return model.pairScore(pair);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("pointsman.router.pair: " + unknown.getMessage(), unknown);
        }
    }
}
