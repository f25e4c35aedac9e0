package pointsman.http;

import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A time on a connection's own event loop after which something happens, unless it is called off.
final class Deadline {
    private final Duration time;
    private @Nullable Future<?> timer;

    Deadline(Duration time) {
        this.time = time;
    }

    /// Runs from now on, if it does not run yet.
    void start(ChannelHandlerContext context, Runnable late) {
        if (timer == null) {
            timer = context.executor()
                    .schedule(
                            () -> {
                                timer = null;
                                late.run();
                            },
                            time.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    boolean isRunning() {
        return timer != null;
    }

    Duration time() {
        return time;
    }
}
