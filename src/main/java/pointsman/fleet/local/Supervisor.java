package pointsman.fleet.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one engine alive: starts it, waits until it is ready, watches it, and starts it again when it has
/// ended.
///
/// One thread does all of it, in a loop that waits for the process's end and wakes every second to probe
/// it: an end is noticed at once, and an engine that no longer answers its probes is hung and gets killed.
final class Supervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration STARTING_PROBE_INTERVAL = Duration.ofMillis(100);

    private final String name;
    private final Engine engine;
    private final Engine.Settings settings;
    private final EngineProbe probe;
    private final LocalProperties.Supervision limits;
    private final Backoff backoff;
    private final AtomicInteger restarts = new AtomicInteger();
    private final Thread thread;

    private volatile boolean up;
    private volatile boolean settled;
    private volatile boolean takesTools = true;
    private volatile long pid;
    private volatile String problem = "starting";
    private volatile EngineSpeed speed = EngineSpeed.NONE;

    Supervisor(Engine engine, Engine.Settings settings, EngineProbe probe, LocalProperties.Supervision limits) {
        this.name = settings.model();
        this.engine = engine;
        this.settings = settings;
        this.probe = probe;
        this.limits = limits;
        this.backoff = new Backoff(limits);
        this.thread = Thread.ofVirtual().name("supervise-" + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean up() {
        return up;
    }

    /// Whether it was up once, or its first life has ended without that.
    boolean isSettled() {
        return settled;
    }

    boolean takesTools() {
        return takesTools;
    }

    int restarts() {
        return restarts.get();
    }

    EngineSpeed speed() {
        return speed;
    }

    /// The process that runs at the moment, or has run last.
    long pid() {
        return pid;
    }

    /// Why the model does not answer at the moment.
    Optional<String> problem() {
        return up ? Optional.empty() : Optional.of(problem);
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(limits.stopTimeout().multipliedBy(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (true) {
                var upFor = liveOnce();
                settled = true;
                var pause = backoff.after(upFor);
                log.warn("local model {} {}; restarted in {} ms", name, problem, pause.toMillis());
                Thread.sleep(pause);
                restarts.incrementAndGet();
            }
        } catch (InterruptedException _) {
            problem = "stopped";
        }
    }

    /// One life of the engine. Returns for how long it was up.
    private Duration liveOnce() throws InterruptedException {
        try (var process = EngineProcess.start(engine.launch(settings), limits.stopTimeout(), name)) {
            pid = process.pid();
            return becomesReady(process) ? watch(process) : Duration.ZERO;
        } catch (IOException e) {
            problem = "does not start: " + e.getMessage();
            return Duration.ZERO;
        }
    }

    private boolean becomesReady(EngineProcess process) throws InterruptedException {
        var startNanos = System.nanoTime();
        while (!probe.isHealthy()) {
            if (process.endsWithin(STARTING_PROBE_INTERVAL)) {
                problem = "does not start: " + process.obituary();
                return false;
            }
            if (System.nanoTime() - startNanos > limits.startTimeout().toNanos()) {
                problem = "is not ready within " + limits.startTimeout().toSeconds() + " s";
                process.kill();
                return false;
            }
        }
        if (!settings.embeddings()) {
            probe.warm();
        }
        log.info("local model {} is ready after {} ms", name, (System.nanoTime() - startNanos) / 1_000_000);
        return true;
    }

    private Duration watch(EngineProcess process) throws InterruptedException {
        var startNanos = System.nanoTime();
        takesTools = probe.takesTools().orElse(takesTools);
        up = true;
        settled = true;
        try {
            problem = endOf(process);
        } finally {
            up = false;
        }
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /// Waits for its end, be it by itself or by our hand, and says why it came.
    private String endOf(EngineProcess process) throws InterruptedException {
        for (var misses = 0; misses < limits.missesUntilHung(); ) {
            if (process.endsWithin(limits.probeInterval())) {
                up = false; // at once: its last words may take a while to be read
                return process.obituary();
            }
            var healthy = probe.isHealthy();
            misses = healthy ? 0 : misses + 1;
            if (healthy) {
                speed = probe.metrics().map(speed::updated).orElse(speed);
            }
        }
        process.kill();
        return "is hung: " + limits.missesUntilHung() + " probes unanswered";
    }
}
