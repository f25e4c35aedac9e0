package pointsman.score;

import java.util.List;
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
    /// @param scorer gives a text the scores of all ladders at once
    /// @param ladders which of these are whose; [Calibrations#STANDARD] for the pair of the
    ///     configuration
    /// @param release frees what the scorer holds
    record Ready(CachingScorer scorer, LadderScores ladders, String description, Runnable release)
            implements LoadedRouter {
        /// The remembered scores for a ladder; never computes any.
        Optional<List<Double>> remembered(String text, String ladder) {
            return scorer.remembered(text).map(all -> ladders.of(ladder, all));
        }

        List<Double> scores(String text, String ladder) {
            return ladders.of(ladder, scorer.scores(text));
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

    /// Loads the artefacts, and makes the arithmetic of every ladder.
    ///
    /// What the configuration says is checked at once. Graph and vocabulary are read, checked and
    /// opened on a thread of their own meanwhile, and that never fails: a router that does not open is
    /// [Unavailable].
    ///
    /// @throws IllegalArgumentException if the router does not know a model of a ladder, or a
    ///     calibration is of another router: a wrong property
    static CompletableFuture<LoadedRouter> load(
            RouterProperties properties, Calibrations calibrations, Ladders ladders) {
        try {
            var model = RouterModel.load(properties.directory());
            var pair = properties.pairFor(model);
            var scores = ladders.scores(model, calibrations);
            scores.put(Calibrations.STANDARD, standard(model, pair));
            var description = description(model, pair);
            return CompletableFuture.<LoadedRouter>supplyAsync(
                            () -> opened(model, LadderScores.of(scores), description, properties.cacheEntries()),
                            Thread.ofPlatform().name("router-loader").daemon()::start)
                    .exceptionally(bug -> new Unavailable(model + " cannot be opened: " + bug));
        } catch (RouterModelException unusable) {
            return CompletableFuture.completedFuture(unavailable(unusable));
        }
    }

    private static LoadedRouter opened(RouterModel model, LadderScores ladders, String description, int cacheEntries) {
        try {
            var graph = model.open();
            var scorer = new CachingScorer(text -> ladders.of(graph.read(text)), model::bounded, cacheEntries);
            return new Ready(scorer, ladders, description, graph::close);
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

    private static LadderScore standard(RouterModel model, ModelPair pair) {
        try {
            return new LadderScore(List.of(model.pairScore(pair)));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("pointsman.router.pair: " + unknown.getMessage(), unknown);
        }
    }
}
