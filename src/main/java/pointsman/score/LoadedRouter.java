package pointsman.score;

/// What became of loading the router: the gateway starts either way.
sealed interface LoadedRouter extends AutoCloseable {
    /// One line for people: which file, which pair, or why there is none.
    String description();

    @Override
    void close();

    /// @param release frees what the scorer holds
    record Ready(CachingScorer scorer, String description, Runnable release) implements LoadedRouter {
        @Override
        public void close() {
            release.run();
        }
    }

    record Unavailable(String description) implements LoadedRouter {
        @Override
        public void close() {}
    }

    /// @throws IllegalArgumentException if the pair names a model that the router does not know: that is a wrong
    /// property,
    ///     not a broken file
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
