package pointsman.fleet;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.micrometer.tagged.TaggedRetryMetrics;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Further attempts at the same deployment, while nothing of an answer has come.
///
/// A closed door and a passing fault are tried again after a short pause: once where another model may
/// answer, a few times where none is left. Who says when to come again (`Retry-After`) is waited for once,
/// if that is a few seconds; where it is longer, or is said again, the next one is asked at once. What took
/// long to fail would take as long again.
final class Retries {
    /// What took longer is not tried again at the same place.
    private static final Duration LONG = Duration.ofSeconds(5);
    /// Attempts where another model may answer.
    private static final int SOME = 2;

    private final CallProperties properties;
    private final RetryBudget budget;
    private final RetryRegistry registry;

    /// @param meters where the attempts are shown, by deployment
    Retries(CallProperties properties, RetryBudget budget, MeterRegistry meters) {
        this.properties = properties;
        this.budget = budget;
        this.registry = RetryRegistry.of(RetryConfig.custom()
                .maxAttempts(properties.attempts())
                .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(properties.retryBackoff(), 2))
                .build());
        TaggedRetryMetrics.ofRetryRegistry(registry).bindTo(meters);
    }

    /// Tries again what may help.
    ///
    /// @param name of the deployment
    /// @param calls one attempt for each subscription
    <P extends Part> Flux<P> over(String name, Sending<P> sending, Flux<P> calls) {
        return Flux.defer(
                () -> new Attempts<>(sending, calls, registry.retry(name).asyncContext()).next());
    }

    /// The attempts of one request.
    private final class Attempts<P extends Part> {
        private final Sending<P> sending;
        private final Flux<P> calls;
        private final Retry.AsyncContext<?> counted;
        private int made;
        private boolean hasWaited;

        Attempts(Sending<P> sending, Flux<P> calls, Retry.AsyncContext<?> counted) {
            this.sending = sending;
            this.calls = calls;
            this.counted = counted;
        }

        Flux<P> next() {
            return Flux.defer(() -> {
                var sinceNanos = System.nanoTime();
                made++;
                return calls.switchOnFirst((signal, parts) -> {
                    var error = signal.getThrowable();
                    if (error == null) {
                        counted.onComplete();
                        return parts;
                    }
                    var took = Duration.ofNanos(System.nanoTime() - sinceNanos);
                    var pause = isSafe(error) ? pause(error, took) : Optional.<Duration>empty();
                    // The library counts, and knows the pause between two attempts.
                    var millis = pause.isPresent() ? counted.onError(error) : -1;
                    return millis < 0
                            ? parts
                            : Mono.delay(longer(pause.get(), Duration.ofMillis(millis)))
                                    .thenMany(next());
                });
            });
        }

        /// What may have been done is not done again.
        private boolean isSafe(Throwable error) {
            return sending.isRepeatable() || CallFailure.isUndone(error);
        }

        /// How long to wait at least before another attempt; empty if none is made.
        private Optional<Duration> pause(Throwable error, Duration took) {
            var stated = stated(error);
            if (stated.isPresent()) {
                var mayWait = !hasWaited
                        && stated.get().compareTo(properties.longestWait()) <= 0
                        && stated.get().compareTo(sending.terms().left().get()) < 0
                        && budget.take();
                hasWaited = true;
                return stated.filter(_ -> mayWait);
            }
            var most = sending.terms().hasNext() ? SOME : properties.attempts();
            return made < most && isPassing(error) && took.compareTo(LONG) < 0 && budget.take()
                    ? Optional.of(Duration.ZERO)
                    : Optional.empty();
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /// When to come again, as the upstream says.
    private static Optional<Duration> stated(Throwable error) {
        return error instanceof FailureException known
                ? switch (known.failure()) {
                    case Failure.UpstreamRateLimited limited -> limited.retryAfter();
                    case Failure.UpstreamUnavailable away when away.isStated() -> Optional.of(away.pause());
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    /// Another attempt helps where the first one met a closed door or a passing fault.
    private static boolean isPassing(Throwable error) {
        return CallFailure.isNetwork(error)
                || (error instanceof FailureException known
                        && switch (known.failure()) {
                            case Failure.UpstreamUnavailable _ -> true;
                            case Failure.UpstreamError failed -> failed.upstreamStatus() >= 500;
                            default -> false;
                        });
    }
}
