package pointsman.fleet.local;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/// Closes a stream that delivers nothing for too long, so that whoever reads it gets an error instead of waiting for
/// ever: a request's own timeout ends with the headers.
final class StallWatch implements AutoCloseable {
    private final Closeable stream;
    private final Duration limit;
    private final Thread watcher;
    private volatile long movedNanos = System.nanoTime();

    StallWatch(Closeable stream, Duration limit) {
        this.stream = stream;
        this.limit = limit;
        this.watcher = Thread.ofVirtual().name("stall-watch").start(this::watch);
    }

    void moved() {
        movedNanos = System.nanoTime();
    }

    @Override
    public void close() {
        watcher.interrupt();
    }

    private void watch() {
        try {
            for (var left = limit.toNanos(); left > 0; left = limit.toNanos() - (System.nanoTime() - movedNanos)) {
                Thread.sleep(Duration.ofNanos(left));
            }
            stream.close();
        } catch (InterruptedException | IOException _) {
            // The download ended, or ends by this error anyway.
        }
    }
}
