package pointsman.fleet;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import reactor.core.publisher.Flux;

/// The circuit breakers: one for each caller at each upstream, so that nobody's failures close an upstream to
/// anybody else. A tenant's chats are one caller and its jobs another.
///
/// Only what an upstream does to whoever asks is its failure: it cannot be reached, breaks off, keeps
/// silent, or says 5xx. A 4xx of any kind and an answer that nobody can read may be one request's own
/// doing, and count neither for nor against it. A request counts once, however often it was tried.
///
/// An open breaker becomes half-open by itself, and a few probes decide.
final class Breakers {
    private static final int PROBES = 3;
    /// A rest after probes that failed is so much longer than the one before, up to so many times the first.
    private static final double GROWTH = 1.5;
    private static final int MOST_GROWTH = 2;

    private final CircuitBreakerConfig config;
    private final CallProperties.Breaker limits;
    private final MeterRegistry meters;
    private final Map<Caller, CircuitBreakerRegistry> registries = new ConcurrentHashMap<>();
    private final Map<CircuitBreaker, Long> openSinceNanos = new ConcurrentHashMap<>();

    /// @param limits when one opens, and for how long
    /// @param meters where they are shown, by upstream, tenant and work
    Breakers(CallProperties.Breaker limits, MeterRegistry meters) {
        this.limits = limits;
        this.meters = meters;
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowSize(limits.window())
                .minimumNumberOfCalls(limits.window() / 2)
                .failureRateThreshold(limits.failureRate())
                .waitIntervalFunctionInOpenState(IntervalFunction.ofExponentialBackoff(
                        limits.openFor(), GROWTH, limits.openFor().multipliedBy(MOST_GROWTH)))
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .ignoreException(error -> !isTheUpstreamsFailure(error))
                .build();
    }

    /// The breaker between a caller and an upstream.
    CircuitBreaker of(Caller caller, String upstream) {
        return registries.computeIfAbsent(caller, this::registry).circuitBreaker(upstream);
    }

    /// Whether this caller is kept away from an upstream.
    boolean isOpen(Caller caller, String upstream) {
        return Optional.ofNullable(registries.get(caller))
                .flatMap(registry -> registry.find(upstream))
                .filter(breaker -> breaker.getState() == CircuitBreaker.State.OPEN)
                .isPresent();
    }

    /// Lets parts through while the breaker is closed, and counts how they end.
    ///
    /// A probe counts at its first part: an answer may go on for minutes, and as long nobody else of this
    /// caller would be let through.
    <T> Flux<T> guard(CircuitBreaker breaker, Flux<T> parts) {
        return Flux.defer(() -> {
            if (!breaker.tryAcquirePermission()) {
                return Flux.error(leftAlone(breaker));
            }
            var call = new Counted(breaker);
            return parts.doOnNext(_ -> call.hasBegun())
                    .doOnComplete(call::succeeded)
                    .doOnError(call::failed)
                    .doOnCancel(call::left);
        });
    }

    /// One call that was let through, and is counted once.
    private static final class Counted {
        private final CircuitBreaker breaker;
        private final long startNanos = System.nanoTime();
        private final AtomicBoolean isCounted = new AtomicBoolean();
        private volatile boolean begun;

        Counted(CircuitBreaker breaker) {
            this.breaker = breaker;
        }

        void hasBegun() {
            begun = true;
            if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
                succeeded();
            }
        }

        void succeeded() {
            if (isCounted.compareAndSet(false, true)) {
                breaker.onSuccess(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
            }
        }

        void failed(Throwable error) {
            if (isCounted.compareAndSet(false, true)) {
                breaker.onError(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS, error);
            }
        }

        /// A client that leaves after the first part has seen the upstream work; one that leaves before has
        /// seen nothing.
        void left() {
            if (begun) {
                succeeded();
            } else if (isCounted.compareAndSet(false, true)) {
                breaker.releasePermission();
            }
        }
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
                .orElse(CallFailure.SOON);
        return new Failure.UpstreamUnavailable(
                        breaker.getName(),
                        "it failed too often and is left alone for a while",
                        left.compareTo(CallFailure.SOON) < 0 ? CallFailure.SOON : left)
                .asException();
    }

    /// Whether an error speaks of the upstream, and not of the request that met it or of a bug of ours.
    static boolean isTheUpstreamsFailure(Throwable error) {
        return CallFailure.isNetwork(error)
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
