package pointsman.fleet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.Capability;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.continuation.Replay;
import pointsman.dialect.continuation.Rest;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// A request in the words of the model that is to answer it, ready to be sent, as often as it
/// takes. Whatever its client did wrong was told when it was made: it is written for the first
/// deployment that can be asked it, and for a further one when that is asked.
public final class Outbound {
    /// About 1,024 tokens, below which providers keep nothing.
    private static final int SHORTEST_CACHED_BYTES = 4 * 1024;

    private final Model model;
    private final Caller caller;
    private final ModelRequest request;
    private final Map<String, String> headers;
    private final @Nullable Rest rest;
    private final Map<Deployment, Way> ways = new LinkedHashMap<>();
    private volatile Deployment deployment;

    private Outbound(
            Model model,
            Caller caller,
            ModelRequest request,
            Map<String, String> headers,
            @Nullable Rest rest,
            Deployment deployment) {
        this.model = model;
        this.caller = caller;
        this.request = request;
        this.headers = headers;
        this.rest = rest;
        this.deployment = deployment;
    }

    static Outbound open(Model model, Caller caller, ModelRequest request, Map<String, String> headers) {
        var first = model.deployments().getFirst();
        var outbound = new Outbound(model, caller, request, headers, null, first);
        @Nullable FailureException unsupported = null;
        for (var each : model.deployments()) {
            try {
                var _ = outbound.to(each);
                outbound.deployment = each;
                return outbound;
            } catch (FailureException cannot) {
                if (!(cannot.failure() instanceof Failure.UnsupportedByUpstream)) {
                    throw cannot;
                }
                unsupported = unsupported == null ? cannot : unsupported;
            }
        }
        throw unsupported == null ? new IllegalStateException("a model without deployments") : unsupported;
    }

    /// The same for the rest of an answer that broke off.
    public Outbound goingOn(Rest with) {
        return new Outbound(model, caller, request, headers, with, deployment);
    }

    /// Whether the model, asked the same, says the same.
    public boolean isRepeatable() {
        return Replay.isExact(to(deployment).passage().body());
    }

    /// The way to one of the model's deployments.
    ///
    /// @throws FailureException if that one cannot be asked it
    synchronized Way to(Deployment one) {
        return ways.computeIfAbsent(one, each -> {
            var way = Way.open(model, each, caller, request, headers);
            return rest == null ? way : way.goingOn(model, each, rest);
        });
    }

    /// The model that is asked.
    public Model model() {
        return model;
    }

    /// The deployment that was asked last.
    public Deployment deployment() {
        return deployment;
    }

    /// It goes to this one now.
    private void goesTo(Deployment one) {
        deployment = one;
    }

    /// What the deployment that was asked last is not told of the client's request.
    public List<String> dropped() {
        return to(deployment).passage().dropped();
    }

    Sending<AnswerPart> sending(Terms terms) {
        var size = OptionalInt.of(request.size());
        return new Sending<>(model, conversation(), size, reasons(), terms, request.stream(), true, one -> {
            var way = to(one);
            goesTo(one);
            return (client, key) -> client.call(
                            new UpstreamClient.Attempt(one, way, key, request.stream(), terms.heldWords()))
                    .doOnNext(_ -> goesTo(one));
        });
    }

    private boolean reasons() {
        return model.abilities().reasons() || request.demands().contains(Capability.REASONING);
    }

    /// A number by which a conversation stays where its beginning is cached; empty for what is new
    /// and too short for any cache.
    private Optional<Integer> conversation() {
        var isCached = request.isContinued() || request.size() >= SHORTEST_CACHED_BYTES;
        return isCached ? request.fingerprint(caller.tenant()).map(String::hashCode) : Optional.empty();
    }
}
