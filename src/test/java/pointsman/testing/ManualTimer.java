package pointsman.testing;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A timer whose time passes when a test says so.
public final class ManualTimer implements Timer {
    private final AtomicLong nanos;
    private final List<Alarm> alarms = new CopyOnWriteArrayList<>();

    /// @param nanos the clock, which this moves
    public ManualTimer(AtomicLong nanos) {
        this.nanos = nanos;
    }

    /// Lets time pass, and rings what is due on the way.
    public void advance(Duration time) {
        var end = nanos.get() + time.toNanos();
        for (var due = due(end); !due.isEmpty(); due = due(end)) {
            due.forEach(Alarm::ring);
        }
        nanos.set(end);
    }

    private List<Alarm> due(long end) {
        var due = new ArrayList<Alarm>();
        alarms.stream().mapToLong(Alarm::at).filter(at -> at <= end).min().ifPresent(at -> {
            nanos.accumulateAndGet(at, Math::max);
            alarms.stream().filter(alarm -> alarm.at() == at).forEach(due::add);
        });
        alarms.removeAll(due);
        return due;
    }

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        var alarm = new Alarm(this, task, nanos.get() + unit.toNanos(delay));
        alarms.add(alarm);
        return alarm;
    }

    @Override
    public Set<Timeout> stop() {
        return Set.copyOf(alarms);
    }

    private record Alarm(ManualTimer timer, TimerTask task, long at) implements Timeout {
        void ring() {
            try {
                task.run(this);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean isExpired() {
            return !timer.alarms.contains(this);
        }

        @Override
        public boolean isCancelled() {
            return isExpired();
        }

        @Override
        public boolean cancel() {
            return timer.alarms.remove(this);
        }
    }
}
