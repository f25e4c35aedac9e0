package pointsman.fleet;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedBulkheadMetrics;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import reactor.core.publisher.Flux;

/// The resilient road to the upstreams. From the inside out, a call has time limits, is tried again while
/// nothing of an answer has come, is counted once by its caller's breaker at the upstream, and takes one of the
/// upstream's places.
public final class Dispatcher {
    private final CallProperties properties;
    private final TimeoutProperties timeouts;
    private final RetryBudget retryBudget;
    private final Breakers breakers;
    private final Map<String, Road> roads = new HashMap<>();

    /// @param models where the roads lead
    /// @param properties the limits
    /// @param timeouts how long a call may take
    /// @param meters where breakers, bulkheads and retries are shown
    public Dispatcher(Models models, CallProperties properties, TimeoutProperties timeouts, MeterRegistry meters) {
        this.properties = properties;
        this.timeouts = timeouts;
        this.retryBudget = new RetryBudget(properties.retryBudget(), System::nanoTime);
        this.breakers = new Breakers(properties.breaker(), meters);
        var bulkheads = BulkheadRegistry.of(bulkheadConfig());
        var retries = RetryRegistry.of(retryConfig());
        for (var model : models.all()) {
            var name = model.name();
            roads.put(
                    name,
                    new Road(
                            name,
                            new UpstreamClient(model, properties, timeouts.connectTimeout()),
                            bulkheads.bulkhead(name),
                            retries.retry(name)));
        }
        TaggedBulkheadMetrics.ofBulkheadRegistry(bulkheads).bindTo(meters);
        TaggedRetryMetrics.ofRetryRegistry(retries).bindTo(meters);
    }

    /// Sends a request to its model.
    ///
    /// @param outbound what is sent
    /// @param caller whose failures it may add to
    /// @return one [AnswerPart.Whole], or [AnswerPart.Events] that end with a whole answer; else an error with
    ///     a [Failure]. After the first part it is always a [Failure.StreamBroken]: then nobody may try again.
    public Flux<AnswerPart> send(Outbound outbound, Caller caller) {
        var model = outbound.model();
        var road = road(model);
        if (!model.health().isUp()) {
            return Flux.error(road.unavailable("its local process is starting").asException());
        }
        retryBudget.earn();
        var breaker = breakers.of(caller, model.name());
        return Flux.defer(() -> attempt(road, outbound))
                .transformDeferred(RetryOperator.of(road.retry()))
                .transform(calls -> breakers.guard(breaker, calls))
                .transformDeferred(BulkheadOperator.of(road.bulkhead()))
                .onErrorMap(error -> CallFailure.of(model.name(), error, properties.maxConcurrent()));
    }

    /// Whether this model answers whoever asks now, as far as is known: it is up, and nobody is kept away.
    public boolean isReady(Model model) {
        return model.health().isUp() && breakers.areClosed(model.name());
    }

    private Flux<AnswerPart> attempt(Road road, Outbound outbound) {
        var first = outbound.stream() ? timeouts.firstByteTimeout() : timeouts.answerTimeout();
        var phase = outbound.stream() ? "first event" : "answer";
        var late = new Failure.UpstreamTimeout(road.name(), phase, first);
        return GapLimit.apply(road.client().call(outbound), first, timeouts.gapTimeout(), late)
                .switchOnFirst(
                        (signal, parts) -> signal.hasValue() ? parts.onErrorMap(error -> broken(road, error)) : parts);
    }

    /// What breaks an answer whose first part is out already.
    private Throwable broken(Road road, Throwable error) {
        var known = CallFailure.of(road.name(), error, properties.maxConcurrent());
        if (!(known instanceof FailureException failed)) {
            return known;
        }
        var what = switch (failed.failure()) {
            case Failure.StreamBroken same -> same.what();
            case Failure.UpstreamTimeout _ ->
                "nothing came for %d ms".formatted(timeouts.gapTimeout().toMillis());
            case Failure.UpstreamInvalidAnswer invalid -> invalid.what();
            default -> "the connection was lost";
        };
        return new Failure.StreamBroken(road.name(), what).asException(error);
    }

    private BulkheadConfig bulkheadConfig() {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(properties.maxConcurrent())
                .maxWaitDuration(Duration.ZERO)
                .build();
    }

    private RetryConfig retryConfig() {
        return RetryConfig.custom()
                .maxAttempts(properties.attempts())
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(properties.retryBackoff(), 2))
                .retryOnException(this::mayHelp)
                .build();
    }

    /// Another attempt helps where the first one met a closed door or a passing fault, and nothing of an answer
    /// came.
    private boolean mayHelp(Throwable error) {
        return isPassing(error) && retryBudget.take();
    }

    private static boolean isPassing(Throwable error) {
        return CallFailure.isNetwork(error)
                || (error instanceof FailureException known
                        && switch (known.failure()) {
                            case Failure.UpstreamUnavailable _ -> true;
                            case Failure.UpstreamError failed -> failed.upstreamStatus() >= 500;
                            default -> false;
                        });
    }

    private Road road(Model model) {
        var road = roads.get(model.name());
        if (road == null) {
            throw new IllegalStateException("no road to the model " + model.name());
        }
        return road;
    }

    /// One upstream with what guards the way to it.
    private record Road(String name, UpstreamClient client, Bulkhead bulkhead, Retry retry) {
        Failure unavailable(String why) {
            return new Failure.UpstreamUnavailable(name, why, Duration.ofSeconds(1));
        }
    }
}
