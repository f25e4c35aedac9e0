package pointsman.fleet;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.Rejection;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.Sending.Call;
import pointsman.fleet.pace.HedgeBudget;
import pointsman.time.Race;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The resilient road to the models. A model's deployments are asked one after the other, in the
/// [Balancer]'s order, until one of them begins to speak. From the inside out, a call to one has
/// time limits, is sent with another key where one is refused, is tried again while nothing of an
/// answer has come (if there is no other deployment), is counted once by its caller's breaker
/// there, and takes one of the deployment's places.
public final class Dispatcher {
    /// A key that is refused, or has no quota left, is tried again after so long.
    private static final Duration KEY_REST = Duration.ofMinutes(1);
    /// Between two looks at a local model that is starting.
    private static final Duration LOOK = Duration.ofMillis(50);

    private final CallProperties properties;
    private final RetryBudget retryBudget;
    private final HedgeBudget hedges;
    private final Breakers breakers;
    private final Balancer balancer = new Balancer(System::nanoTime);
    private final BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    private final Retries retries;
    private final Map<String, Road> roads = new ConcurrentHashMap<>();
    private final Map<String, UpstreamClient> clients = new ConcurrentHashMap<>();

    /// @param models where the roads lead
    /// @param properties the limits
    /// @param meters where breakers, bulkheads and retries are shown
    public Dispatcher(Models models, CallProperties properties, MeterRegistry meters) {
        this.properties = properties;
        this.retryBudget = new RetryBudget(properties.retryBudget(), System::nanoTime);
        this.hedges = new HedgeBudget(properties.hedgingPercent());
        this.breakers = new Breakers(properties.breaker(), meters);
        this.retries = new Retries(properties, retryBudget, meters);
        models.all().forEach(model -> model.deployments().forEach(this::road));
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
    }

    /// Sends a request to its model, which nobody else can answer for.
    ///
    /// @param outbound what is sent
    /// @param caller whose failures it may add to
    /// @return one [AnswerPart.Whole], or [AnswerPart.Events] that end with a whole answer; else an error
    ///     with a [Failure]. After the first part it is always a [Failure.StreamBroken]: then nobody may
    ///     try again.
    public Flux<AnswerPart> send(Outbound outbound, Caller caller) {
        return send(outbound, caller, Terms.ALONE);
    }

    /// The same on other terms.
    public Flux<AnswerPart> send(Outbound outbound, Caller caller, Terms terms) {
        return send(outbound.sending(terms), caller);
    }

    /// The same for a request that passes as it is.
    ///
    /// @return one [RawPart] with all of a JSON answer, or the pieces of any other as they come;
    ///     errors as above
    public Flux<RawPart> send(RawOutbound outbound, Caller caller) {
        return send(outbound.sending(), caller);
    }

    private <P extends Part> Flux<P> send(Sending<P> sending, Caller caller) {
        return Flux.defer(() -> {
            retryBudget.earn();
            hedges.earn();
            var order = balancer.order(
                    sending.model().deployments(), sending.conversation(), each -> isAwake(each, caller));
            return askInTurn(sending, caller, order);
        });
    }

    /// Whether this model answers whoever asks now, as far as is known: it is up, and nobody is
    /// kept away.
    public boolean isReady(Model model) {
        return model.deployments().stream().anyMatch(each -> each.health().isUp() && breakers.areClosed(each.name()));
    }

    private boolean isAwake(Deployment deployment, Caller caller) {
        return deployment.health().isUp() && !breakers.isOpen(caller, deployment.name());
    }

    /// Asks the first, and while nothing of an answer has come and that is no fault of the request,
    /// the next.
    private <P extends Part> Flux<P> askInTurn(Sending<P> sending, Caller caller, List<Deployment> order) {
        var first = order.getFirst();
        if (order.size() == 1) {
            return ask(sending, caller, first, true);
        }
        return hedged(sending, caller, order).switchOnFirst((signal, parts) -> {
            var error = signal.getThrowable();
            return error != null && isItsOwn(error) && sending.mayGoOnAfter(error)
                    ? askInTurn(sending, caller, order.subList(1, order.size()))
                    : parts;
        });
    }

    /// The first, and beside it the next, where that speaks later than it does as a rule.
    private <P extends Part> Flux<P> hedged(Sending<P> sending, Caller caller, List<Deployment> order) {
        var first = order.getFirst();
        var asked = ask(sending, caller, first, false);
        var late = sending.mayBeAskedTwice() ? road(first).patience().pace().usualWorst() : Optional.<Duration>empty();
        return late.map(after -> new Race<>(
                                asked,
                                after,
                                hedges::take,
                                () -> askInTurn(sending, caller, order.subList(1, order.size())),
                                (isSecond, isOvertaken) -> {
                                    if (isOvertaken) {
                                        sending.terms().lost().accept(isSecond ? first : order.get(1));
                                    }
                                })
                        .parts())
                .orElse(asked);
    }

    /// After what time a model is late that is asked this, as far as that was measured; and whether another
    /// may be asked beside it then.
    ///
    /// @return empty if nobody is to be asked beside it
    public Optional<Duration> late(Outbound outbound) {
        return road(outbound.deployment()).patience().pace().usualWorst();
    }

    /// Takes a second call out of the budget, if one is left.
    public boolean mayHedge() {
        return hedges.take();
    }

    /// Whether another deployment of the same model may do better.
    private static boolean isItsOwn(Throwable error) {
        return error instanceof FailureException known
                && switch (known.failure()) {
                    case Failure.UpstreamUnavailable _,
                            Failure.UpstreamError _,
                            Failure.UpstreamAuth _,
                            Failure.UpstreamQuota _,
                            Failure.UpstreamRateLimited _,
                            Failure.UpstreamTimeout _,
                            Failure.UpstreamInvalidAnswer _,
                            Failure.StreamBroken _,
                            Failure.Overloaded _,
                            Failure.UnsupportedByUpstream _ -> true;
                    case Failure.UpstreamRejected rejected ->
                        switch (Rejection.of(rejected.status(), rejected.body())) {
                            case MODEL_GONE, FAILED -> true;
                            case TOO_LONG, UNSUPPORTED, CONTENT, REQUEST -> false;
                        };
                    default -> false;
                };
    }

    private <P extends Part> Flux<P> ask(Sending<P> sending, Caller caller, Deployment to, boolean isLast) {
        return Flux.defer(() -> {
            // A connection breaks before it is known that its process has ended: who would wait looks later.
            return to.health().isUp() && sending.terms().upWithin().isZero()
                    ? askNow(sending, caller, to, isLast)
                    : whenUp(sending, caller, to, isLast);
        });
    }

    private <P extends Part> Flux<P> askNow(Sending<P> sending, Caller caller, Deployment to, boolean isLast) {
        return Flux.defer(() -> {
            var road = road(to);
            var isReplaceable = !isLast || sending.terms().hasNext();
            var load = balancer.load(to);
            if (isReplaceable && !load.bearsMore()) {
                return Flux.error(new Failure.Overloaded(road.name(), load.borne()).asException());
            }
            var call = sending.to().apply(to);
            var calls = Flux.defer(() -> attempt(road, sending, call, isReplaceable));
            return (isLast ? retries.over(road.name(), sending, calls) : calls)
                    .transform(tried -> breakers.guard(breakers.of(caller, to.name()), tried))
                    .transformDeferred(BulkheadOperator.of(road.bulkhead()))
                    .transform(load::watch)
                    .onErrorMap(error -> CallFailure.of(to.name(), error, road.maxConcurrent()));
        });
    }

    /// A local model that is starting, or starts anew, is waited for where the terms say so.
    private <P extends Part> Flux<P> whenUp(Sending<P> sending, Caller caller, Deployment to, boolean isLast) {
        var looks = sending.terms().upWithin().dividedBy(LOOK);
        return Flux.interval(LOOK)
                .take(looks)
                .filter(_ -> to.health().isUp())
                .next()
                .switchIfEmpty(Mono.error(() ->
                        road(to).unavailable("its local process is starting").asException()))
                .flatMapMany(_ -> askNow(sending, caller, to, isLast));
    }

    private <P extends Part> Flux<P> attempt(Road road, Sending<P> sending, Call<P> call, boolean isReplaceable) {
        return keyed(road, call, sending, isReplaceable, road.provider().keys().size())
                .switchOnFirst(
                        (signal, parts) -> signal.hasValue() ? parts.onErrorMap(error -> broken(road, error)) : parts);
    }

    /// With one of the provider's keys; where that is refused or used up, and there are others,
    /// with the next.
    private <P extends Part> Flux<P> keyed(
            Road road, Call<P> call, Sending<P> sending, boolean isReplaceable, int keysLeft) {
        var keys = road.provider().keys();
        if (keys.size() <= 1) {
            return timed(road, sending, isReplaceable, call.with(road.client(), keys.first()));
        }
        var place = keys.next(sending.conversation());
        if (place.isEmpty()) {
            return Flux.error(road.unavailable("all of its keys are refused, limited or used up")
                    .asException());
        }
        return timed(road, sending, isReplaceable, call.with(road.client(), keys.at(place.get())))
                .switchOnFirst((signal, parts) -> {
                    var rest = keyRest(signal.getThrowable());
                    rest.ifPresent(time -> keys.rest(place.get(), time));
                    return rest.isPresent() && keysLeft > 1
                            ? keyed(road, call, sending, isReplaceable, keysLeft - 1)
                            : parts;
                });
    }

    /// How long a key that met this rests, if that is the key's own fault.
    private static Optional<Duration> keyRest(@Nullable Throwable error) {
        return error instanceof FailureException known
                ? switch (known.failure()) {
                    case Failure.UpstreamAuth _, Failure.UpstreamQuota _ -> Optional.of(KEY_REST);
                    case Failure.UpstreamRateLimited limited ->
                        limited.retryAfter().or(() -> Optional.of(CallFailure.SOON));
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    private static <P extends Part> Flux<P> timed(Road road, Sending<P> sending, boolean isReplaceable, Flux<P> parts) {
        return Flux.defer(() -> {
            var patience = road.patience();
            var first = patience.first(sending, isReplaceable);
            var phase = sending.isStream() ? "first event" : "answer";
            var late = new Failure.UpstreamTimeout(road.name(), phase, first);
            var limited = GapLimit.apply(parts, first, patience.gap(), late);
            return patience.watch(sending, first, limited);
        });
    }

    /// What breaks an answer whose first part is out already.
    private static Throwable broken(Road road, Throwable error) {
        var known = CallFailure.of(road.name(), error, road.maxConcurrent());
        if (!(known instanceof FailureException failed)) {
            return known;
        }
        var what = switch (failed.failure()) {
            case Failure.StreamBroken same -> same.what();
            case Failure.UpstreamTimeout _ ->
                "nothing came for %d ms"
                        .formatted(
                                road.provider().limits().timeouts().gapTimeout().toMillis());
            case Failure.UpstreamInvalidAnswer invalid -> invalid.what();
            default -> "the connection was lost";
        };
        return new Failure.StreamBroken(road.name(), what).asException(error);
    }

    private static BulkheadConfig bulkheadConfig(int maxConcurrent) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(maxConcurrent)
                .maxWaitDuration(Duration.ZERO)
                .build();
    }

    private Road road(Deployment to) {
        return roads.computeIfAbsent(
                to.name(),
                name -> new Road(
                        to,
                        clients.computeIfAbsent(
                                to.provider().name(), _ -> new UpstreamClient(to.provider(), properties)),
                        bulkheads.bulkhead(
                                name, bulkheadConfig(to.provider().limits().maxConcurrent())),
                        new Patience(to.provider().limits().timeouts(), to.isLocal())));
    }

    /// The way to a deployment, with what guards it.
    private record Road(Deployment deployment, UpstreamClient client, Bulkhead bulkhead, Patience patience) {
        String name() {
            return deployment.name();
        }

        Provider provider() {
            return deployment.provider();
        }

        int maxConcurrent() {
            return provider().limits().maxConcurrent();
        }

        Failure unavailable(String why) {
            return new Failure.UpstreamUnavailable(name(), why, CallFailure.SOON);
        }
    }
}
