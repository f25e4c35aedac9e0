package pointsman.http;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;

/// Watches a stream whose reader may want nothing more: what is held for the stream would be held for
/// ever. Time in which the stream itself has nothing to give does not count.
public final class UnreadLimit {
    private static final int LOOKS = 4;

    private UnreadLimit() {}

    /// Tells when nothing was wanted of a stream for so long. Whoever is told cancels it.
    public static <T> Flux<T> on(Flux<T> pieces, Duration most, Runnable end) {
        return Flux.defer(() -> {
            var demand = new Demand();
            Mono<Void> watch = Flux.interval(most.dividedBy(LOOKS))
                    .onBackpressureDrop()
                    .filter(_ -> demand.isMissingFor(most))
                    .next()
                    .doOnNext(_ -> end.run())
                    .then(Mono.never());
            return pieces.doOnRequest(demand::asked)
                    .doOnNext(_ -> demand.given())
                    .takeUntilOther(watch);
        });
    }

    /// What is wanted of a stream and not given yet.
    private static final class Demand {
        private long open;
        private long metAtNanos = System.nanoTime();

        synchronized void asked(long pieces) {
            open = Operators.addCap(open, pieces);
        }

        synchronized void given() {
            open--;
            metAtNanos = System.nanoTime();
        }

        synchronized boolean isMissingFor(Duration most) {
            return open == 0 && System.nanoTime() - metAtNanos > most.toNanos();
        }
    }
}
