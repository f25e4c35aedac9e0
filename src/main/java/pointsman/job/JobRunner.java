package pointsman.job;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import pointsman.batch.BatchJob;
import pointsman.failure.BareError;
import pointsman.failure.FailureException;
import pointsman.tablejob.TableJob;

/// Keeps this replica's part of the jobs going: shows that it lives, takes over from the dead, and runs every
/// job that is not over on a virtual thread of its own.
public final class JobRunner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    /// Both together stay below `spring.lifecycle.timeout-per-shutdown-phase`.
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(20);
    private static final Duration LAST_WORDS = Duration.ofSeconds(4);

    private final Workers workers;
    private final JobStore jobs;
    private final TableJob tables;
    private final BatchJob batches;
    private final LaneSender sender;
    private final Signal doorbell;
    private final JobProperties properties;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private long lastBeatNanos = System.nanoTime();
    private boolean hasBeaten;
    private volatile boolean isRunning;

    public JobRunner(
            Workers workers,
            JobStore jobs,
            TableJob tables,
            BatchJob batches,
            LaneSender sender,
            Signal doorbell,
            JobProperties properties) {
        this.workers = workers;
        this.jobs = jobs;
        this.tables = tables;
        this.batches = batches;
        this.sender = sender;
        this.doorbell = doorbell;
        this.properties = properties;
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
                var rings = doorbell.rings();
                step();
                doorbell.await(rings, properties.beat());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The store may fail for a while, and the jobs go on when it works again.
    @SuppressWarnings("IllegalCatch") // whatever happens to one round, there is a next one
    private void step() {
        try {
            beat();
            for (var job : jobs.active()) {
                if (isRunning && running.add(job.id())) {
                    threads.execute(() -> run(job));
                }
            }
        } catch (RuntimeException | Error e) {
            tellStandstill(e);
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

    private void beat() {
        var now = System.nanoTime();
        var since = Duration.ofNanos(now - lastBeatNanos);
        if (hasBeaten && since.compareTo(properties.beat()) < 0) {
            return;
        }
        lastBeatNanos = now;
        if (workers.beat()) {
            doorbell.ring();
        }
        if (hasBeaten && workers.isFirst()) {
            jobs.age(since, properties.maxAge());
        }
        hasBeaten = true;
    }

    @SuppressWarnings("IllegalCatch") // a bug in one job must not end the others
    private void run(Job job) {
        try {
            switch (job.kind()) {
                case TABLE -> tables.run(job);
                case BATCH -> batches.run(job);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (FailureException e) {
            LOG.warn("job={} {}", job.id(), e.failure().code());
            if (!Database.mayRecover(e) && !Refusals.passes(e.failure())) {
                fail(job, JobFailures.json(e.failure()));
            }
        } catch (RuntimeException e) {
            fail(job, e);
        } catch (StackOverflowError e) {
            failUnexpectedly(job, e);
        } finally {
            running.remove(job.id());
        }
    }

    /// While the store is away a job stands still; it goes on with one of the next beats.
    private void fail(Job job, RuntimeException error) {
        if (Database.mayRecover(error)) {
            LOG.warn("job={} stands still: {}", job.id(), error.toString());
        } else {
            failUnexpectedly(job, error);
        }
    }

    private void failUnexpectedly(Job job, Throwable bug) {
        LOG.error("job={} failed", job.id(), BareError.of(bug));
        fail(job, JobFailures.json("internal_error", "The gateway failed; its log has the cause."));
    }

    /// What breaks because the process ends is no fault of the job, which goes on after the next start.
    private void fail(Job job, String failure) {
        if (isRunning) {
            jobs.fail(job.id(), failure);
        }
    }

    /// Begins together with the web server's own stop, which lets nothing new in, and beside it. The store stays open
    /// until both are done.
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

    @SuppressWarnings("IllegalCatch") // what is not given back is free once others miss the beat
    private void end() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                var _ = threads.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            }
            workers.leave();
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
