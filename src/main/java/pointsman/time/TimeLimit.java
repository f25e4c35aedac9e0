package pointsman.time;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/// Ends a flux when its time is up. It has one timer for its whole life, on a wheel (Varghese and Lauck 1987): where
/// the limit has moved on meanwhile, the timer sees so when it fires, and is set for what is left. A timer that is set
/// anew for every part, as [Flux#timeout] does it, wakes another thread for every part.
///
/// A limit is kept to about a tenth of a second.
public final class TimeLimit<T> extends FluxOperator<T, T> {
    /// Turns as long as the process lives.
    public static final Timer WHEEL =
            new HashedWheelTimer(new DefaultThreadFactory("time-limits", true), 100, TimeUnit.MILLISECONDS);

    private final Limit limit;

    private TimeLimit(Flux<T> parts, Limit limit) {
        super(parts);
        this.limit = limit;
    }

    /// Parts that are to come in time.
    ///
    /// @param leftNanos how much time there still is: not positive once it is over
    /// @param late the error that comes then
    public static <T> Flux<T> of(Flux<T> parts, LongSupplier leftNanos, Supplier<? extends Throwable> late) {
        return of(parts, new Limit(leftNanos, Long.MAX_VALUE, late, WHEEL));
    }

    /// Parts that are to come in time, where that may get shorter on the way.
    public static <T> Flux<T> of(Flux<T> parts, Limit limit) {
        return new TimeLimit<>(parts, limit);
    }

    /// When time is up, and who tells.
    ///
    /// @param leftNanos how much time there still is: not positive once it is over
    /// @param glanceNanos after so long it is asked again, however much there was
    /// @param late the error that comes then
    /// @param timer tells when it is time to ask
    public record Limit(LongSupplier leftNanos, long glanceNanos, Supplier<? extends Throwable> late, Timer timer) {
        long left() {
            return leftNanos.getAsLong();
        }
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Limited<>(actual, limit));
    }

    private enum Phase {
        /// Nothing is going on.
        WAITING,
        /// A signal is passed on, which nobody may interrupt.
        PASSING,
        /// It has ended, or its time was up.
        OVER
    }

    /// What the timer holds, for a moment even after it was cancelled. The answer itself must not live as long:
    /// at some thousands a second the collector would take them for old.
    private static final class Alarm implements TimerTask {
        private volatile @Nullable Limited<?> watched;

        Alarm(Limited<?> watched) {
            this.watched = watched;
        }

        @Override
        public void run(Timeout timeout) {
            var limited = watched;
            if (limited != null) {
                limited.look();
            }
        }
    }

    private static final class Limited<T> implements CoreSubscriber<T>, Subscription {
        private final CoreSubscriber<? super T> actual;
        private final Limit limit;
        private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.WAITING);
        private final Alarm alarm = new Alarm(this);
        private volatile @Nullable Timeout timeout;
        private @Nullable Subscription source;

        Limited(CoreSubscriber<? super T> actual, Limit limit) {
            this.actual = actual;
            this.limit = limit;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            set(limit.left());
            actual.onSubscribe(this);
        }

        private void set(long leftNanos) {
            var nanos = Math.clamp(leftNanos, 0, limit.glanceNanos());
            timeout = limit.timer().newTimeout(alarm, nanos, TimeUnit.NANOSECONDS);
        }

        private void look() {
            if (phase.get() == Phase.OVER) {
                return;
            }
            var left = limit.left();
            if (left > 0) {
                set(left);
            } else {
                // What follows may write an answer, and others wait for the timer.
                Schedulers.parallel().schedule(this::expire);
            }
        }

        /// A part may have come meanwhile, or be on its way just now.
        private void expire() {
            var left = limit.left();
            if (left <= 0 && phase.compareAndSet(Phase.WAITING, Phase.OVER)) {
                cancelSource();
                actual.onError(limit.late().get());
            } else if (phase.get() != Phase.OVER) {
                set(left);
            }
        }

        /// Parts come one after the other, but a source may answer the demand for the next one within this one.
        @Override
        public void onNext(T part) {
            var isFirst = phase.compareAndSet(Phase.WAITING, Phase.PASSING);
            if (isFirst || phase.get() == Phase.PASSING) {
                actual.onNext(part);
            } else {
                Operators.onDiscard(part, currentContext());
            }
            if (isFirst) {
                phase.compareAndSet(Phase.PASSING, Phase.WAITING);
            }
        }

        @Override
        public void onError(Throwable error) {
            if (over()) {
                actual.onError(error);
            } else {
                Operators.onErrorDropped(error, currentContext());
            }
        }

        @Override
        public void onComplete() {
            if (over()) {
                actual.onComplete();
            }
        }

        @Override
        public void request(long parts) {
            if (source != null) {
                source.request(parts);
            }
        }

        @Override
        public void cancel() {
            if (over()) {
                cancelSource();
            }
        }

        private boolean over() {
            var before = phase.getAndSet(Phase.OVER);
            alarm.watched = null;
            var set = timeout;
            if (set != null) {
                set.cancel();
            }
            return before != Phase.OVER;
        }

        private void cancelSource() {
            if (source != null) {
                source.cancel();
            }
        }
    }
}
