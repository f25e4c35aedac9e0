package pointsman.surface;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pointsman.chat.GracefulStop;
import pointsman.dialect.Dialect;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.Dispatcher;
import pointsman.fleet.Models;
import pointsman.fleet.RawOutbound;
import pointsman.fleet.RawPart;
import pointsman.route.Choice;
import pointsman.route.Router;
import pointsman.time.TimeLimit;
import pointsman.usage.Ledger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The path of a request for a surface: allow, open, send, record. Nothing is chosen, and nobody
/// stands in: what draws, speaks or listens is what its client names.
final class SurfaceGateway {
    private static final String DEFAULT_PROVIDER = "openai", DEFAULT_MODEL = "openai/default";

    private final Router router;
    private final Models models;
    private final Dispatcher dispatcher;
    private final Ledger ledger;
    private final GracefulStop stop;
    private final Duration totalTimeout;

    /// @param totalTimeout from a request's arrival to the last byte of its answer
    SurfaceGateway(
            Router router,
            Models models,
            Dispatcher dispatcher,
            Ledger ledger,
            GracefulStop stop,
            Duration totalTimeout) {
        this.router = router;
        this.models = models;
        this.dispatcher = dispatcher;
        this.ledger = ledger;
        this.stop = stop;
        this.totalTimeout = totalTimeout;
    }

    /// Answers a request.
    ///
    /// @return the answer, once its first part is there; else an error with a [Failure]. To cancel
    ///     it, or its parts, cancels the provider's call; what was used until then is booked all
    ///     the same.
    Mono<SurfaceAnswer> answer(SurfaceCall call) {
        return Mono.fromSupplier(() -> allow(call)).flatMap(choice -> sent(call, choice, open(call, choice)));
    }

    private Choice allow(SurfaceCall call) {
        return router.called(call.tenant(), name(call.request()));
    }

    /// What the client names. OpenAI's own routes have a default where it names nothing, and only
    /// OpenAI knows which.
    private String name(SurfaceRequest request) {
        if (!request.model().isEmpty()) {
            return request.model();
        }
        if (request.surface().hasDefault() && models.hasProvider(DEFAULT_PROVIDER)) {
            return DEFAULT_MODEL;
        }
        throw refused("The field 'model' is missing: name a model, such as provider/model.");
    }

    private static RawOutbound open(SurfaceCall call, Choice choice) {
        var model = choice.model();
        return model.speaking(Dialect.OPENAI_CHAT)
                .map(able -> new RawOutbound(able, call.request().raw()))
                .orElseThrow(
                        () -> refused("The model '%s' is at %s, which does not speak OpenAI's API: /v1%s is not there."
                                .formatted(
                                        model.name(),
                                        model.deployments()
                                                .getFirst()
                                                .provider()
                                                .name(),
                                        call.request().surface().path())));
    }

    private Mono<SurfaceAnswer> sent(SurfaceCall call, Choice choice, RawOutbound outbound) {
        var recording = new SurfaceRecording(call, choice, outbound, ledger);
        return dispatcher
                .send(outbound, call.caller())
                .switchIfEmpty(Mono.error(() ->
                        new Failure.UpstreamInvalidAnswer(outbound.deployment().name(), "it is empty").asException()))
                .transform(parts -> withinDeadline(parts, call))
                .transform(stop::until)
                .transform(recording::until)
                .switchOnFirst((first, parts) -> begun(first.get(), parts, recording), false)
                .singleOrEmpty();
    }

    private <T> Flux<T> withinDeadline(Flux<T> parts, SurfaceCall call) {
        return TimeLimit.of(
                parts,
                () -> totalTimeout.minus(call.age()).toNanos(),
                () -> Failure.Refused.requestTimeout(totalTimeout).asException());
    }

    private static Flux<SurfaceAnswer> begun(@Nullable RawPart first, Flux<RawPart> parts, SurfaceRecording recording) {
        return first == null ? parts.cast(SurfaceAnswer.class) : Flux.just(recording.answer(first, parts));
    }

    private static FailureException refused(String message) {
        return Failure.BadRequest.inField("model", message).asException();
    }
}
