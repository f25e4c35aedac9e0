package pointsman.fleet;

import java.util.Optional;
import java.util.OptionalInt;
import pointsman.dialect.Dialect;
import pointsman.dialect.UpstreamDialect;

/// A request that passes as it is, on its way to a model whose providers speak OpenAI's dialect.
public final class RawOutbound {
    private final Model model;
    private final RawRequest request;
    private volatile Deployment deployment;

    /// @param model as far as it speaks OpenAI's dialect, see [Model#speaking]
    public RawOutbound(Model model, RawRequest request) {
        this.model = model;
        this.request = request;
        this.deployment = model.deployments().getFirst();
    }

    /// The model that is asked.
    public Model model() {
        return model;
    }

    /// The deployment that was asked last.
    public Deployment deployment() {
        return deployment;
    }

    Sending<RawPart> sending() {
        return new Sending<>(
                model,
                Optional.empty(),
                OptionalInt.empty(),
                false,
                Terms.ALONE,
                request.isStream(),
                request.isRepeatable(),
                this::to);
    }

    private Sending.Call<RawPart> to(Deployment one) {
        deployment = one;
        var dialect = one.provider().spoken(Dialect.OPENAI_CHAT).orElse(UpstreamDialect.OPENAI_CHAT);
        return (client, key) -> client.call(new UpstreamClient.RawAttempt(one, request, dialect, key));
    }
}
