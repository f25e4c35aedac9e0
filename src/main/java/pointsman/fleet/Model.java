package pointsman.fleet;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import pointsman.cache.CacheMarks;
import pointsman.dialect.Attachment;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.UpstreamDialect;
import pointsman.dialect.engine.EngineFields;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.Price;

/// One model behind the gateway and where it is reached.
///
/// @param name in failures, logs and meters: its tier's, or `embeddings`
/// @param dialect what it speaks
/// @param baseUrl up to and with `/v1`
/// @param apiKey what it wants to see
/// @param model the name that it knows its model by
/// @param price of its tokens
/// @param cacheKeys whether it keeps prompt caches apart by `prompt_cache_key`
/// @param cacheMarks whether the gateway marks for its prompt cache what a conversation will send again
/// @param defaults fields that are added to a request where the client left them out
/// @param contextTokens tokens that a prompt and its answer may have together; [Integer#MAX_VALUE] if nobody knows
/// @param reads what it can read beside text
/// @param serves families of models of which it serves every one by its name, as their own provider does
/// @param local whether the gateway runs it itself
/// @param health of its model; of a remote one only its breakers know more
public record Model(
        String name,
        UpstreamDialect dialect,
        URI baseUrl,
        ApiKey apiKey,
        String model,
        Price price,
        boolean cacheKeys,
        boolean cacheMarks,
        Map<String, Object> defaults,
        int contextTokens,
        Set<Attachment> reads,
        Set<ModelFamily> serves,
        boolean local,
        Health health) {
    private static final int BYTES_PER_TOKEN = 3;

    public Model {
        defaults = Map.copyOf(defaults);
        reads = Set.copyOf(reads);
        serves = Set.copyOf(serves);
    }

    /// Whether a request of this size can fit its context, at three bytes a token, which is more than most prompts
    /// take.
    public boolean fits(int bytes) {
        return bytes / BYTES_PER_TOKEN < contextTokens;
    }

    /// The same, asked for another model of its provider.
    public Model with(String otherModel) {
        return new Model(
                name,
                dialect,
                baseUrl,
                apiKey,
                otherModel,
                price,
                cacheKeys,
                cacheMarks,
                defaults,
                contextTokens,
                reads,
                serves,
                local,
                health);
    }

    /// What of these it cannot read, if there is such a thing.
    public Optional<Attachment> cannotRead(Set<Attachment> attachments) {
        return attachments.stream()
                .filter(kind -> !reads.contains(kind))
                .sorted()
                .findFirst();
    }

    /// Why it is not even asked: a local model that cannot read one of these, whose engine would fail. Of a remote
    /// model its provider knows better.
    public Optional<Failure> refusal(Set<Attachment> attachments) {
        return local ? cannotRead(attachments).map(this::cannotBeAskedFor) : Optional.empty();
    }

    private Failure cannotBeAskedFor(Attachment attachment) {
        return new Failure.UnsupportedByUpstream(
                name, attachment.label(), "the local model '%s' cannot read it".formatted(model));
    }

    /// Opens the way of a request.
    ///
    /// @throws FailureException a [Failure.UnsupportedByUpstream] if the request says what cannot be said there, a
    ///     [Failure.BadRequest] if it is wrong
    Opening open(ModelRequest request) {
        var passage = request.to(name, dialect, model, defaults);
        if (local) {
            // To count tokens nothing is generated, so tools do no harm there.
            var takesTools = health.takesTools() || request.operation() == Operation.TOKEN_COUNT;
            var admitted = EngineFields.admit(name, defaults, takesTools, passage.body());
            var dropped = Stream.concat(passage.dropped().stream(), admitted.dropped().stream());
            return new Opening(passage, admitted.body(), dropped.distinct().toList());
        }
        var body = cacheMarks ? CacheMarks.addTo(passage.body(), request) : passage.body();
        return new Opening(passage, body, passage.dropped());
    }

    /// Why it cannot be asked this, as far as that is known before it is.
    public Optional<Failure> refusal(ModelRequest request) {
        try {
            open(request);
            return refusal(request.attachments());
        } catch (FailureException e) {
            return Optional.of(e.failure()).filter(Failure.UnsupportedByUpstream.class::isInstance);
        }
    }

    /// One line for people: which model stands behind the tier, and where.
    public String description() {
        return "%s (%s)".formatted(model, local ? "local" : baseUrl.getHost());
    }
}
