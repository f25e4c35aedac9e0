package pointsman.chat;

import java.time.Duration;
import java.util.Optional;
import pointsman.access.TierPolicy;
import pointsman.dialect.Operation;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.AnswerPart;
import pointsman.fleet.Dispatcher;
import pointsman.fleet.Model;
import pointsman.fleet.Models;
import pointsman.fleet.Tier;
import pointsman.route.Decision;
import pointsman.route.Decision.BeyondSmall;
import pointsman.route.Decision.Named;
import pointsman.route.Decision.Pinned;
import pointsman.route.Decision.Scored;
import pointsman.route.Grounds;
import pointsman.route.ModelNames;
import pointsman.route.OnlyOne;
import pointsman.route.Route;
import pointsman.route.StandIn;
import pointsman.score.PromptScorer;
import pointsman.usage.Ledger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// THE PATH of a request. Everything that happens to one happens here, in this order: allow, score, decide, keep,
/// dispatch, record. New steps appear here or nowhere.
public final class ChatGateway {
    private static final int BIG = 64 << 10;

    private final ModelNames models;
    private final PromptScorer scorer;
    private final Dispatcher dispatcher;
    private final Models upstreams;
    private final Ledger ledger;
    private final Conversations conversations;
    private final TokenCounts tokenCounts;
    private final GracefulStop stop;
    private final Duration totalTimeout;

    /// @param models the names that clients may ask for
    /// @param scorer reads prompts
    /// @param dispatcher sends requests to upstreams
    /// @param upstreams who stands behind the tiers
    /// @param ledger where every request is booked
    /// @param conversations where they were answered last
    /// @param tokenCounts counts where no upstream can
    /// @param stop ends what is under way when the gateway is stopped
    /// @param totalTimeout from a request's arrival to the last byte of its answer
    ChatGateway(
            ModelNames models,
            PromptScorer scorer,
            Dispatcher dispatcher,
            Models upstreams,
            Ledger ledger,
            Conversations conversations,
            TokenCounts tokenCounts,
            GracefulStop stop,
            Duration totalTimeout) {
        this.models = models;
        this.scorer = scorer;
        this.dispatcher = dispatcher;
        this.upstreams = upstreams;
        this.ledger = ledger;
        this.conversations = conversations;
        this.tokenCounts = tokenCounts;
        this.stop = stop;
        this.totalTimeout = totalTimeout;
    }

    /// Answers a request.
    ///
    /// @return the parts of the answer as they come, each with its decision; else an error with a [Failure]. To
    ///     cancel it cancels the upstream's call; what was used until then is booked all the same.
    Flux<Reply> answer(Call call) {
        var recording = new Recording(call, ledger, conversations);
        return allow(call)
                .flatMap(route -> scoreAndDecide(call, route))
                .map(decided -> conversations.keep(call, decided))
                .flatMapMany(decided -> dispatch(call, decided, recording))
                .transform(replies -> withinDeadline(replies, call))
                .transform(stop::until)
                .transform(recording::until);
    }

    private Mono<Route> allow(Call call) {
        var model = call.request().model();
        var route = models.route(model);
        if (route.isEmpty()) {
            return Mono.error(new Failure.UnknownModel(model).asException());
        }
        if (!call.tenant().mayCall(model)) {
            return Mono.error(new Failure.ModelNotAllowed(call.tenant().id(), model).asException());
        }
        var makesEmbeddings = route.get() instanceof Route.ToEmbeddings;
        if (makesEmbeddings != (call.request().operation() == Operation.EMBEDDINGS)) {
            return Mono.error(wrongModel(model, makesEmbeddings).asException());
        }
        return Mono.just(route.get());
    }

    private static Failure wrongModel(String model, boolean makesEmbeddings) {
        return Failure.BadRequest.inField(
                "model",
                (makesEmbeddings
                                ? "The model '%s' makes embeddings and nothing else: POST /v1/embeddings."
                                : "The model '%s' makes no embeddings; GET /v1/models lists one that does, if there is one.")
                        .formatted(model));
    }

    private Mono<Grounds> scoreAndDecide(Call call, Route route) {
        return switch (route) {
            case Route.ToTier(var tier) -> Mono.just(new Pinned(tier, Pinned.By.MODEL));
            case Route.ToModel(var tier, var model) -> Mono.just(new Named(tier, model));
            case Route.ToEmbeddings _ -> Mono.just(new OnlyOne());
            case Route.ByPolicy _ -> byPolicy(call).cast(Grounds.class);
        };
    }

    private Mono<Decision> byPolicy(Call call) {
        var unreadable = upstreams.of(Tier.SMALL).cannotRead(call.request().attachments());
        return switch (call.tenant().policy()) {
            case TierPolicy.Fixed fixed -> Mono.just(fixed.decide());
            case TierPolicy.Threshold _
            when unreadable.isPresent() ->
                Mono.just(new BeyondSmall(unreadable.get().label()));
            case TierPolicy.Threshold _ when isTooLongForSmall(call) -> Mono.just(new BeyondSmall("too_long"));
            case TierPolicy.Threshold threshold ->
                scorer.score(call.request().textToScore(), threshold.calibration())
                        .map(threshold::decide)
                        .transform(decided -> offTheScorersThread(decided, call));
        };
    }

    /// What follows may translate the whole request, and other prompts wait for the thread that scored this one.
    private static <T> Mono<T> offTheScorersThread(Mono<T> decided, Call call) {
        return call.request().size() < BIG ? decided : decided.publishOn(Schedulers.boundedElastic());
    }

    private boolean isTooLongForSmall(Call call) {
        return !upstreams.of(Tier.SMALL).fits(call.request().size());
    }

    private Flux<Reply> dispatch(Call call, Grounds grounds, Recording recording) {
        var upstream = upstreams.of(grounds);
        recording.decided(grounds, upstream);
        return ask(call, upstream)
                .map(part -> Reply.to(call, grounds, upstream, part))
                .onErrorResume(error -> standIn(grounds, error, recording)
                        .map(instead -> dispatch(call, instead, recording))
                        .orElseGet(() -> Flux.error(error)));
    }

    private static Optional<Decision> standIn(Grounds grounds, Throwable error, Recording recording) {
        return grounds instanceof Scored scored && !recording.hasBegun()
                ? StandIn.after(scored, error)
                : Optional.empty();
    }

    /// An upstream that cannot count tokens is not asked to.
    private Flux<AnswerPart> ask(Call call, Model upstream) {
        var request = call.request();
        return request.operation() == Operation.TOKEN_COUNT && !request.isKnownTo(upstream.dialect())
                ? tokenCounts.count(request).flux()
                : dispatcher.dispatch(upstream, call.outbound());
    }

    private <T> Flux<T> withinDeadline(Flux<T> parts, Call call) {
        return parts.timeout(timeLeft(call), _ -> timeLeft(call), Flux.error(this::tooLate));
    }

    private Mono<Long> timeLeft(Call call) {
        return Mono.defer(() -> Mono.delay(totalTimeout.minus(call.age())));
    }

    private FailureException tooLate() {
        return Failure.Refused.requestTimeout(totalTimeout).asException();
    }
}
