package pointsman.batch;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import pointsman.failure.FailureException;

/// Keeps this replica's part of the jobs going: shows that it lives, takes over from the dead, and runs every
/// job that is not over on a virtual thread of its own.
final class JobRunner implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(20);

    private final Workers workers;
    private final JobStore jobs;
    private final TableJob tables;
    private final BatchJob batches;
    private final LaneSender sender;
    private final Doorbell doorbell;
    private final BatchProperties properties;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private long lastBeatNanos = System.nanoTime();
    private boolean hasBeaten;
    private volatile boolean isRunning;

    JobRunner(
            Workers workers,
            JobStore jobs,
            TableJob tables,
            BatchJob batches,
            LaneSender sender,
            Doorbell doorbell,
            BatchProperties properties) {
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
        } catch (RuntimeException e) {
            LOG.warn("jobs stand still: {}", e.toString());
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
            LOG.warn("job={} {}", job.id(), e.getMessage());
            if (!Database.mayRecover(e) && !Refusals.passes(e.failure())) {
                jobs.fail(job.id(), Failures.json(e.failure()));
            }
        } catch (RuntimeException e) {
            fail(job, e);
        } finally {
            running.remove(job.id());
        }
    }

    /// While the store is away a job stands still; it goes on with one of the next beats.
    private void fail(Job job, RuntimeException error) {
        if (Database.mayRecover(error)) {
            LOG.warn("job={} stands still: {}", job.id(), error.toString());
        } else {
            LOG.error("job={} failed", job.id(), error);
            jobs.fail(job.id(), Failures.json("internal_error", "The gateway failed; its log has the cause."));
        }
    }

    @Override
    public void stop() {
        isRunning = false;
        sender.stop();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                var _ = threads.awaitTermination(LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        workers.leave();
    }

    @Override
    public boolean isRunning() {
        return isRunning;
    }
}
