package pointsman.fleet;

import java.util.List;
import java.util.Map;
import pointsman.cache.CacheMarks;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.Passage;
import pointsman.dialect.engine.EngineFields;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.Price;

/// One model behind the gateway.
///
/// @param name in failures, logs and meters: its tier's, or `embeddings`
/// @param id the name that its provider knows it by
/// @param provider where it is reached
/// @param abilities what it can be asked
/// @param price of its tokens
/// @param caching what its provider's prompt cache is told
/// @param defaults fields that are added to a request where the client left them out
/// @param local whether the gateway runs it itself
/// @param health how it is; of a remote one only its breakers know more
public record Model(
        String name,
        String id,
        Provider provider,
        Abilities abilities,
        Price price,
        PromptCaching caching,
        Map<String, Object> defaults,
        boolean local,
        Health health) {
    public Model {
        defaults = Map.copyOf(defaults);
    }

    /// Another model of its provider, of which nothing else is known.
    public Model with(String otherId) {
        return new Model(name, otherId, provider, abilities, price, caching, defaults, local, health);
    }

    /// Opens the way of a request: writes it in the words of this model, once, however often it is sent then.
    ///
    /// @param caller whose request it is: prompt caches are kept apart by tenant, and a job says which slot of
    ///     a local model its lane stays on
    /// @param request what is asked
    /// @param headers of the client that a provider of its own dialect may see; no other sees them
    /// @throws FailureException a [Failure.UnsupportedByUpstream] if the request says what cannot be said there, a
    ///     [Failure.BadRequest] if it is wrong
    public Outbound open(Caller caller, ModelRequest request, Map<String, String> headers) {
        requireReadable(request);
        var spoken = provider.dialect();
        var keys = caching.keys();
        var keyed = keys == null ? request : request.withPromptCacheKey(keys.of(caller.tenant(), request));
        var passage = keyed.to(name, spoken, id, defaults);
        var seen = spoken.format() == request.dialect() ? headers : Map.<String, String>of();
        return new Outbound(this, finished(passage, caller, request), request.path(spoken), request.stream(), seen);
    }

    /// What only this model's own kind of engine or cache wants.
    private Passage finished(Passage passage, Caller caller, ModelRequest request) {
        if (local) {
            // To count tokens nothing is generated, so tools do no harm there.
            var takesTools = health.takesTools() || request.operation() == Operation.TOKEN_COUNT;
            var isJob = caller.work() == Caller.Work.JOB;
            var admitted = EngineFields.admit(name, defaults, isJob, takesTools, passage.body());
            return passage.sending(admitted.body(), admitted.dropped());
        }
        return caching.marks() ? passage.sending(CacheMarks.addTo(passage.body(), request), List.of()) : passage;
    }

    /// The engine of a local model would fail over what it cannot read. Of a remote model its provider knows better.
    private void requireReadable(ModelRequest request) {
        if (local && !request.attachments().isEmpty()) {
            abilities.cannotRead(request.attachments()).ifPresent(kind -> {
                throw new Failure.UnsupportedByUpstream(
                                name, kind.label(), "the local model '%s' cannot read it".formatted(id))
                        .asException();
            });
        }
    }

    /// One line for people: which model stands behind the tier, and where.
    public String description() {
        return "%s (%s)".formatted(id, local ? "local" : provider.baseUrl().getHost());
    }
}
