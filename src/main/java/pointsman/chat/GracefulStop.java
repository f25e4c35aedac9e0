package pointsman.chat;

import java.time.Duration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import pointsman.failure.Failure;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/// What a stop of the gateway does to answers under way. They may come to their end for a while, in
/// which nothing new is let in; what is open then is ended by us, each in the words of its dialect.
/// A connection that just broke would look like an upstream's failure, and a cut answer like a
/// whole one.
public final class GracefulStop implements SmartLifecycle {
    private final Duration drain;
    private final Sinks.Empty<Void> end = Sinks.empty();
    private volatile boolean running;

    /// @param drain how long answers under way may take to come to their end
    GracefulStop(Duration drain) {
        this.drain = drain;
    }

    /// The parts of an answer, until the gateway ends it with a [Failure.Refused].
    public <T> Flux<T> until(Flux<T> parts) {
        return parts.takeUntilOther(end.asMono());
    }

    @Override
    public void start() {
        running = true;
    }

    /// Begins together with the server's own stop, which waits for the answers, and lets it wait.
    @Override
    public void stop(Runnable callback) {
        running = false;
        Thread.ofVirtual().name("graceful-stop").start(this::endAfterDrain);
        callback.run();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    private void endAfterDrain() {
        try {
            Thread.sleep(drain);
            end.tryEmitError(Failure.Refused.stopping().asException());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }
}
