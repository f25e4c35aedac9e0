package pointsman.score;

/// What became of loading the router: the gateway starts either way.
sealed interface LoadedRouter extends AutoCloseable {
    /// One line for people: which file, which pair, or why there is none.
    String description();

    @Override
    void close();

    /// Prompts can be scored.
    ///
    /// @param release frees what the scorer holds
    record Ready(CachingScorer scorer, String description, Runnable release) implements LoadedRouter {
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

    /// Loads the artefacts and a scorer for the pair.
    ///
    /// @throws IllegalArgumentException if the router does not know a model of the pair: a wrong property
    static LoadedRouter load(RouterProperties properties) {
        try {
            var model = RouterModel.load(properties.directory());
            var scorer = model.scorer(properties.modelPair());
            var caching = new CachingScorer(scorer, model::bounded, properties.cacheEntries());
            return new Ready(caching, "%s for %s".formatted(model, properties.modelPair()), scorer::close);
        } catch (RouterModelException unusable) {
            return new Unavailable(String.valueOf(unusable.getMessage()));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("pointsman.router.pair: " + unknown.getMessage(), unknown);
        }
    }
}
