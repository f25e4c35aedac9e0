package pointsman.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// The circuit breakers: one for each caller at each upstream, so that nobody's failures close an upstream to
/// anybody else. A tenant's chats are one caller and its jobs another.
///
/// Only what an upstream does to whoever asks is its failure: it cannot be reached, breaks off, keeps silent, or
/// says 5xx. A 4xx of any kind and an answer that nobody can read may be one request's own doing, and count
/// neither for nor against it. A request counts once, however often it was tried.
///
/// An open breaker becomes half-open by itself, and a few probes decide.
final class Breakers {
    private static final int PROBES = 3;

    private final CircuitBreakerConfig config;
    private final UpstreamProperties.Breaker limits;
    private final MeterRegistry meters;
    private final Map<Caller, CircuitBreakerRegistry> registries = new ConcurrentHashMap<>();
    private final Map<CircuitBreaker, Long> openSinceNanos = new ConcurrentHashMap<>();

    /// @param limits when one opens, and for how long
    /// @param meters where they are shown, by upstream, tenant and work
    Breakers(UpstreamProperties.Breaker limits, MeterRegistry meters) {
        this.limits = limits;
        this.meters = meters;
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowSize(limits.window())
                .minimumNumberOfCalls(limits.window() / 2)
                .failureRateThreshold(limits.failureRate())
                .waitDurationInOpenState(limits.openFor())
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .ignoreException(error -> !isTheUpstreamsFailure(error))
                .build();
    }

    /// The breaker between a caller and an upstream.
    CircuitBreaker of(Caller caller, String upstream) {
        return registries.computeIfAbsent(caller, this::registry).circuitBreaker(upstream);
    }

    /// Whether no caller's breaker at this upstream is open.
    boolean areClosed(String upstream) {
        return registries.values().stream()
                .flatMap(registry -> registry.find(upstream).stream())
                .noneMatch(breaker -> breaker.getState() == CircuitBreaker.State.OPEN);
    }

    /// What a caller is told whom its breaker keeps away: the time that is left until it lets probes through.
    FailureException leftAlone(CircuitBreaker breaker) {
        var openFor = limits.openFor();
        var left = Optional.ofNullable(openSinceNanos.get(breaker))
                .filter(_ -> breaker.getState() == CircuitBreaker.State.OPEN)
                .map(since -> openFor.minusNanos(System.nanoTime() - since))
                .orElse(RoadFailure.SOON);
        return new Failure.UpstreamUnavailable(
                        breaker.getName(),
                        "it failed too often and is left alone for a while",
                        left.compareTo(RoadFailure.SOON) < 0 ? RoadFailure.SOON : left)
                .asException();
    }

    /// Whether an error speaks of the upstream, and not of the request that met it or of a bug of ours.
    static boolean isTheUpstreamsFailure(Throwable error) {
        return RoadFailure.isNetwork(error)
                || (error instanceof FailureException known
                        && switch (known.failure()) {
                            case Failure.UpstreamUnavailable _, Failure.UpstreamTimeout _ -> true;
                            case Failure.UpstreamError failed -> failed.upstreamStatus() >= 500;
                            // What broke it counts: a lost connection does, words that nobody can read do not.
                            case Failure.StreamBroken _ ->
                                known.getCause() != null && isTheUpstreamsFailure(known.getCause());
                            default -> false;
                        });
    }

    private CircuitBreakerRegistry registry(Caller caller) {
        var registry = CircuitBreakerRegistry.custom()
                .withCircuitBreakerConfig(config)
                .withTags(
                        Map.of("tenant", caller.tenant(), "work", caller.work().label()))
                .build();
        registry.getEventPublisher().onEntryAdded(added -> watch(added.getAddedEntry()));
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(meters);
        return registry;
    }

    private void watch(CircuitBreaker breaker) {
        breaker.getEventPublisher().onStateTransition(change -> {
            if (change.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                openSinceNanos.put(breaker, System.nanoTime());
            }
        });
    }
}
