package pointsman.time;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/// Two who are asked the same, the second only when the first keeps silent for longer than it does as a rule
/// (hedged requests: "The Tail at Scale", Dean and Barroso 2013). Who speaks first answers, and the other is
/// cancelled. A first that fails before the second is asked is not replaced here: whoever asks goes on as it
/// does without a second.
///
/// @param first the one that is asked at once
/// @param after so long the second is asked
/// @param maySend asked then: whether a second call may be made at all
/// @param second the other one
/// @param won takes who speaks, if both were asked
public record Race<T>(Flux<T> first, Duration after, Supplier<Boolean> maySend, Supplier<Flux<T>> second, Winner won) {
    /// Is told who speaks.
    @FunctionalInterface
    public interface Winner {
        /// Both were asked, and one of them speaks now.
        ///
        /// @param isSecond whether the second one does
        /// @param isOvertaken whether the other one was still asked, and had not failed
        void is(boolean isSecond, boolean isOvertaken);
    }

    private record Said<T>(boolean isSecond, T part) {}

    /// The parts of whoever speaks first.
    public Flux<T> parts() {
        return Flux.defer(() -> {
            var error = new AtomicReference<@Nullable Throwable>();
            var failed = Sinks.<Long>empty();
            var areTwo = new AtomicBoolean();
            var one = first.doOnError(cause -> {
                error.compareAndSet(null, cause);
                failed.tryEmitEmpty();
            });
            var other = Mono.firstWithSignal(Mono.delay(after), failed.asMono())
                    .filter(_ -> maySend.get())
                    .doOnNext(_ -> areTwo.set(true))
                    .flatMapMany(_ -> second.get().doOnError(error::set));
            return Flux.firstWithValue(
                            one.map(part -> new Said<>(false, part)), other.map(part -> new Said<>(true, part)))
                    .switchOnFirst((signal, parts) -> {
                        var said = signal.get();
                        if (said != null && areTwo.get()) {
                            won.is(said.isSecond(), error.get() == null);
                        }
                        return parts.map(Said::part);
                    })
                    .onErrorMap(NoSuchElementException.class, none -> known(error.get(), none));
        });
    }

    private static Throwable known(@Nullable Throwable error, Throwable none) {
        return error == null ? none : error;
    }
}
