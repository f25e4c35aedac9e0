package pointsman.job.run;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import pointsman.failure.BareError;
import pointsman.failure.FailureException;
import pointsman.job.JobSteps;
import pointsman.job.Refusals;
import pointsman.job.ReplicaProperties;
import pointsman.job.StopReason;
import pointsman.job.store.Database;
import pointsman.job.store.JobStores;

/// Keeps this replica's part of the jobs going: shows that it lives, takes over from the dead, and runs
/// every job that is not over on a virtual thread of its own.
final class JobRunner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    /// Both together stay below `spring.lifecycle.timeout-per-shutdown-phase`.
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(20);
    private static final Duration LAST_WORDS = Duration.ofSeconds(4);

    private final JobStores stores;
    private final List<? extends JobRun<?, ?, ?>> paths;
    private final LaneSender sender;
    private final Duration heartbeat;
    private final Duration maxAge;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private long lastHeartbeatNanos = System.nanoTime();
    private boolean hasShownItself;
    private volatile boolean isRunning;

    /// @param kinds of jobs that there are
    JobRunner(
            JobStores stores,
            List<? extends JobSteps<?, ?, ?>> kinds,
            LaneSender sender,
            ReplicaProperties properties) {
        this.stores = stores;
        this.paths = kinds.stream().map(steps -> path(steps, stores, sender)).toList();
        this.sender = sender;
        this.heartbeat = properties.beat();
        this.maxAge = properties.maxAge();
    }

    private static <D, I extends JobSteps.Input, C> JobRun<D, I, C> path(
            JobSteps<D, I, C> steps, JobStores stores, LaneSender sender) {
        return new JobRun<>(steps, stores, sender);
    }

    @Override
    public void start() {
        isRunning = true;
        threads = Executors.newVirtualThreadPerTaskExecutor();
        threads.execute(this::keepGoing);
    }

    private void keepGoing() {
        try {
            while (isRunning) {
                var raised = stores.signal().raised();
                step();
                stores.signal().await(raised, heartbeat);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The store may fail for a while, and the jobs go on when it works again.
    // whatever happens to one round, there is a next one
    private void step() {
        try {
            showThatItLives();
            paths.forEach(this::runActive);
        } catch (RuntimeException | Error e) {
            tellStandstill(e);
        }
    }

    private <D> void runActive(JobRun<D, ?, ?> path) {
        for (var id : stores.jobs().activeIds(path.kind())) {
            if (isRunning && running.add(id)) {
                threads.execute(() -> run(path, id));
            }
        }
    }

    /// The store's own words hold nothing of what is stored.
    private static void tellStandstill(Throwable error) {
        if (error instanceof RuntimeException known && Database.mayRecover(known)) {
            LOG.warn("jobs stand still: {}", known.toString());
        } else {
            LOG.error("jobs stand still", BareError.of(error));
        }
    }

    private void showThatItLives() {
        var now = System.nanoTime();
        var since = Duration.ofNanos(now - lastHeartbeatNanos);
        if (hasShownItself && since.compareTo(heartbeat) < 0) {
            return;
        }
        lastHeartbeatNanos = now;
        if (stores.workers().heartbeat()) {
            stores.signal().raise();
        }
        if (hasShownItself && stores.workers().isFirst()) {
            stores.jobs().age(since, maxAge);
        }
        hasShownItself = true;
    }

    /// A bug in one job must not end the others.
    private <D> void run(JobRun<D, ?, ?> path, String id) {
        try {
            path.run(stores.jobs().get(path.kind(), id));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (FailureException e) {
            LOG.warn("job={} {}", id, e.failure().code());
            if (!Database.mayRecover(e) && !Refusals.passes(e.failure())) {
                fail(id, StopReason.Failed.of(e.failure()));
            }
        } catch (RuntimeException e) {
            failUnlessStoreIsAway(id, e);
        } catch (StackOverflowError e) {
            failUnexpectedly(id, e);
        } finally {
            running.remove(id);
        }
    }

    /// While the store is away a job stands still; it goes on with one of the next heartbeats.
    private void failUnlessStoreIsAway(String id, RuntimeException error) {
        if (Database.mayRecover(error)) {
            LOG.warn("job={} stands still: {}", id, error.toString());
        } else {
            failUnexpectedly(id, error);
        }
    }

    private void failUnexpectedly(String id, Throwable bug) {
        LOG.error("job={} failed", id, BareError.of(bug));
        fail(id, StopReason.Failed.unexpectedly());
    }

    /// What breaks because the process ends is no fault of the job, which goes on after the next start.
    private void fail(String id, StopReason reason) {
        if (isRunning) {
            stores.jobs().fail(id, reason);
        }
    }

    /// Begins together with the web server's own stop, which lets nothing new in, and beside it. The
    /// store stays open until both are done.
    @Override
    public void stop(Runnable callback) {
        isRunning = false;
        sender.stop();
        Thread.ofVirtual().name("jobs-stop").start(() -> {
            try {
                end();
            } finally {
                callback.run();
            }
        });
    }

    @Override
    public void stop() {
        isRunning = false;
        sender.stop();
        end();
    }

    // what is not given back is free once others miss the heartbeat
    private void end() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                var _ = threads.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            }
            stores.workers().leave();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("what this gateway holds of jobs is not given back", BareError.of(e));
        }
    }

    @Override
    public int getPhase() {
        return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
