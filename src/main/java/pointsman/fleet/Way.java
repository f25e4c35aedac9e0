package pointsman.fleet;

import java.util.List;
import java.util.Map;
import pointsman.cache.CacheMarks;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.Passage;
import pointsman.dialect.UpstreamDialect;
import pointsman.dialect.continuation.Demand;
import pointsman.dialect.continuation.Rest;
import pointsman.dialect.engine.EngineFields;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// A request in the words of one deployment, ready to be sent as often as it takes.
///
/// @param passage what is sent, and the way of the answer back
/// @param dialect that is spoken
/// @param path where it is sent, below the provider's address
/// @param headers of the client that the provider may see
record Way(Passage passage, UpstreamDialect dialect, String path, Map<String, String> headers) {
    Way {
        headers = Map.copyOf(headers);
    }

    /// Writes a request for a deployment, in the first dialect of its provider that can express it.
    ///
    /// @throws FailureException what the last of them cannot say, or what is wrong with the request
    static Way open(Model model, Deployment to, Caller caller, ModelRequest request, Map<String, String> headers) {
        requireReadable(model, to, request);
        var dialects = to.provider().dialectsFor(request.dialect());
        for (var spoken : dialects.subList(0, dialects.size() - 1)) {
            try {
                return in(spoken, model, to, caller, request, headers);
            } catch (FailureException cannot) {
                if (!(cannot.failure() instanceof Failure.UnsupportedByUpstream)) {
                    throw cannot;
                }
            }
        }
        return in(dialects.getLast(), model, to, caller, request, headers);
    }

    private static Way in(
            UpstreamDialect spoken,
            Model model,
            Deployment to,
            Caller caller,
            ModelRequest request,
            Map<String, String> headers) {
        var keys = to.caching().keys();
        var keyed = keys == null || !isToldKeys(spoken) || request.operation() == Operation.TOKEN_COUNT
                ? request
                : request.withPromptCacheKey(keys.of(caller.tenant(), request));
        var passage = keyed.to(model.name(), spoken, to.id(), to.defaults());
        var seen = spoken.format() == request.dialect() ? headers : Map.<String, String>of();
        return new Way(finished(passage, spoken, model, to, caller, request), spoken, request.path(spoken), seen);
    }

    /// Whether OpenAI's dialects are spoken, which have a field for a cache's key.
    static boolean isToldKeys(UpstreamDialect spoken) {
        return spoken == UpstreamDialect.OPENAI_CHAT || spoken == UpstreamDialect.OPENAI_RESPONSES;
    }

    /// The same way for the rest of an answer that broke off.
    ///
    /// @throws FailureException if it cannot be asked for there
    Way goingOn(Model model, Deployment to, Rest rest) {
        var body = passage.body();
        if (rest.isReplayed()) {
            return with(passage.joining(model.name(), dialect, body, true, rest));
        }
        var begun = to.habits().in(dialect).continued(body, rest.words(), rest.tokens());
        return begun.or(() -> Demand.of(dialect.turns(), body, rest.words(), rest.tokens()))
                .map(asking -> with(passage.joining(model.name(), dialect, asking, begun.isPresent(), rest)))
                .orElseThrow(() -> new Failure.UnsupportedByUpstream(
                                model.name(), "messages", "nobody there goes on with an answer")
                        .asException());
    }

    private Way with(Passage other) {
        return new Way(other, dialect, path, headers);
    }

    /// What only this deployment's own kind of engine or cache wants.
    private static Passage finished(
            Passage passage, UpstreamDialect spoken, Model model, Deployment to, Caller caller, ModelRequest request) {
        if (to.isLocal()) {
            // To count tokens nothing is generated, so tools do no harm there.
            var takesTools = to.health().takesTools() || request.operation() == Operation.TOKEN_COUNT;
            var isJob = caller.work() == Caller.Work.JOB;
            var admitted = EngineFields.admit(model.name(), to.defaults(), isJob, takesTools, passage.body());
            return passage.sending(admitted.body(), admitted.dropped());
        }
        var fitted = fitted(passage, spoken, model, to, request);
        return to.caching().marks() && spoken == UpstreamDialect.ANTHROPIC_MESSAGES
                ? fitted.sending(CacheMarks.addTo(fitted.body(), request), List.of())
                : fitted;
    }

    /// A conversation as its provider takes it.
    private static Passage fitted(
            Passage passage, UpstreamDialect spoken, Model model, Deployment to, ModelRequest request) {
        if (request.operation() == Operation.COMPLETION || request.operation() == Operation.EMBEDDINGS) {
            return passage;
        }
        var fitted = to.habits().in(spoken).fit(model.name(), passage.body());
        return passage.sending(fitted.body(), fitted.dropped());
    }

    /// The engine of a local model would fail over what it cannot read. Of a remote model its provider
    /// knows better.
    private static void requireReadable(Model model, Deployment to, ModelRequest request) {
        if (to.isLocal()) {
            model.abilities()
                    .lacks(request.demands())
                    .filter(what -> what.isReading())
                    .ifPresent(kind -> {
                        throw new Failure.UnsupportedByUpstream(
                                        model.name(),
                                        kind.label(),
                                        "the local model '%s' cannot read it".formatted(to.id()))
                                .asException();
                    });
        }
    }
}
