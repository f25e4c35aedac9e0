package pointsman.job.run;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pointsman.failure.BareError;
import pointsman.job.Job;
import pointsman.job.ReplyReader;
import pointsman.job.StopReason;
import pointsman.job.store.Database;
import pointsman.job.store.GroupCommit;
import pointsman.job.store.JobStore;
import pointsman.job.store.JobStores;
import pointsman.job.store.Lane;
import pointsman.job.store.LaneStore;
import pointsman.job.store.LaneStore.Stored;
import pointsman.job.store.Signal;
import pointsman.job.store.Workers;

/// Sends the lanes of jobs: each on a virtual thread of its own, one question after the other, each
/// answer on the disk before the next question is asked. An upstream's places are shared evenly by the
/// jobs that are running here; a lane that holds more than its job's share gives its place back at the
/// next page.
public final class LaneSender {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);
    private static final int PAGE = 32;
    /// Others may wait for these of a lane.
    private static final int FIRST_ANSWERS = 2;
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final JobStore jobs;
    private final LaneStore lanes;
    private final GroupCommit answers;
    private final Workers workers;
    private final Signal signal;
    private final QuestionSender questions;
    private final Duration heartbeat;
    private final ToIntFunction<String> laneLimits;
    private final Map<String, ConcurrencyLimit> limits = new ConcurrentHashMap<>();
    private final Map<String, JobExecution> executions = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /// @param laneLimits lanes at once, by the name of the upstream
    LaneSender(JobStores stores, QuestionSender questions, Duration heartbeat, ToIntFunction<String> laneLimits) {
        this.jobs = stores.jobs();
        this.lanes = stores.lanes();
        this.answers = new GroupCommit(stores.lanes());
        this.workers = stores.workers();
        this.signal = stores.signal();
        this.questions = questions;
        this.heartbeat = heartbeat;
        this.laneLimits = laneLimits;
    }

    /// Lanes that may run at once on an upstream.
    public int limit(String upstream) {
        return laneLimits.applyAsInt(upstream);
    }

    /// Sends the lanes of a job that nobody else has, until none is open or the job shall not go on. Then
    /// whatever waits stops waiting, and what is under way comes to its end.
    void send(Job<?> job, ReplyReader reader, long maxCostMicros) throws InterruptedException {
        var token = new CancellationToken(() -> jobs.standing(job.id()).isRunning(), System::nanoTime);
        var execution = new JobExecution(job, reader, new CostBudget(maxCostMicros), token);
        executions.put(job.id(), execution);
        var factory = Thread.ofVirtual().name(job.id() + "-lane-", 0).factory();
        try (var threads = Executors.newThreadPerTaskExecutor(factory)) {
            goOn(execution, threads);
        } finally {
            executions.remove(job.id());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void goOn(JobExecution execution, ExecutorService threads) throws InterruptedException {
        var id = execution.id();
        try {
            freeLeftOver(id);
            while (!isStopping() && execution.token().isRunningNow() && lanes.hasOpen(id)) {
                var raised = signal.raised();
                for (var upstream : lanes.open(id)) {
                    startLanes(execution, upstream, threads);
                }
                signal.await(raised, heartbeat);
            }
        } finally {
            execution.token().end();
        }
    }

    /// No lane of a job runs here before its sending begins: what this worker holds of it was lost on the
    /// way, and nobody would ever come for it.
    private void freeLeftOver(String jobId) {
        if (!isStopping()) {
            lanes.releaseAll(jobId, workers.self());
        }
    }

    private void startLanes(JobExecution execution, String upstream, ExecutorService threads) {
        while (execution.count(upstream) < share(upstream)) {
            var worker = workers.self();
            var lane = lanes.take(execution.id(), upstream, worker);
            if (lane.isEmpty()) {
                return;
            }
            execution.count(upstream, 1);
            threads.execute(() -> run(execution, lane.get(), worker));
        }
    }

    private int share(String upstream) {
        return Math.max(1, limit(upstream) / Math.max(1, executions.size()));
    }

    /// Whatever ends a lane, its way back must not fail with it: nobody else takes a lane from a worker
    /// that lives.
    // it is said, and the lane is free for another try
    private void run(JobExecution execution, Lane lane, String worker) {
        try {
            try {
                while (sendPage(execution, lane, worker)) {
                    LOG.debug("job={} lane={} goes on", lane.jobId(), lane.number());
                }
            } catch (RuntimeException | Error e) {
                LOG.warn("job={} lane={} stopped", lane.jobId(), lane.number(), BareError.of(e));
                var _ = execution.token().pause(STORE_PAUSE);
            }
            giveBack(lane, worker);
        } catch (InterruptedException _) {
            // The process ends. Whatever it holds is freed together.
        } finally {
            execution.count(lane.upstream(), -1);
            signal.raise();
        }
    }

    /// Sends the next questions of a lane.
    ///
    /// @return whether there may be more of them for this thread
    private boolean sendPage(JobExecution execution, Lane lane, String worker) throws InterruptedException {
        var page = lanes.next(lane, PAGE);
        for (var stored : page) {
            if (!execution.token().isRunning() || !sendOne(execution, lane, worker, stored)) {
                return false;
            }
            if (stored.seq() < FIRST_ANSWERS) {
                signal.raise();
            }
        }
        return page.size() == PAGE && execution.count(lane.upstream()) <= share(lane.upstream());
    }

    /// Sends a question if it is affordable.
    ///
    /// @return whether its answer is stored, so that the next one may be sent
    private boolean sendOne(JobExecution execution, Lane lane, String worker, Stored stored)
            throws InterruptedException {
        var id = "%s-%d-%d".formatted(lane.jobId(), lane.number(), stored.seq());
        var request = new JobRequest(id, execution.job().tenant(), stored.question(), execution.reader());
        var estimate = questions.estimateMicros(request);
        LongSupplier spent = () -> jobs.standing(lane.jobId()).costMicros();
        var reserve = execution.budget().reserve(estimate, spent);
        if (reserve.isEmpty()) {
            stopForMoney(execution, estimate);
            return false;
        }
        var reserved = new AtomicLong(reserve.getAsLong());
        long cost = 0;
        try {
            var result = questions.send(request, this::concurrencyLimit, execution.token(), dearer -> {
                var more = execution.budget().raise(reserved.get(), questions.estimateMicros(dearer), spent);
                more.ifPresent(reserved::set);
                return more.isPresent();
            });
            cost = result.map(answer -> answer.cost().micros()).orElse(0L);
            return result.isPresent()
                    && patiently(lane, () -> answers.answered(lane, worker, stored.seq(), result.get()));
        } finally {
            execution.budget().settle(reserved.get(), cost);
        }
    }

    private ConcurrencyLimit concurrencyLimit(String upstream) {
        return limits.computeIfAbsent(upstream, one -> new ConcurrencyLimit(limit(one)));
    }

    private void stopForMoney(JobExecution execution, long estimateMicros) {
        var standing = jobs.standing(execution.id());
        if (standing.isRunning()) {
            jobs.cancel(
                    execution.id(),
                    new StopReason.CostReached(
                            "The answers cost %.6f dollars, the next one may cost %.6f, and 'options.max_cost_usd' is %.6f."
                                    .formatted(
                                            standing.costMicros() / 1e6,
                                            execution.budget().next(estimateMicros) / 1e6,
                                            execution.budget().mostMicros() / 1e6)));
        }
    }

    /// A write that waits for a writer.
    private interface Write {
        boolean write();
    }

    /// An answer that is paid for is not given up, and neither is the way back of a lane: while the disk
    /// is full or the store is away, they wait. Once the process ends they have one more try.
    // the store tells which of its failures pass
    private boolean patiently(Lane lane, Write write) throws InterruptedException {
        while (true) {
            try {
                return write.write();
            } catch (RuntimeException e) {
                if (!Database.mayRecover(e) || isStopping()) {
                    throw e;
                }
                LOG.warn("job={} lane={} waits for the store: {}", lane.jobId(), lane.number(), e.toString());
                var _ = stopping.await(STORE_PAUSE.toMillis(), MILLISECONDS);
            }
        }
    }

    // the lane is freed with its worker then
    private void giveBack(Lane lane, String worker) throws InterruptedException {
        try {
            patiently(lane, () -> lanes.release(lane, worker));
        } catch (RuntimeException e) {
            LOG.warn("job={} lane={} is not given back", lane.jobId(), lane.number(), BareError.of(e));
        }
    }

    /// Asks nothing new. What waits stops waiting, and what is under way comes to its end.
    void stop() {
        stopping.countDown();
        executions.values().forEach(execution -> execution.token().end());
        signal.raise();
    }

    public boolean isStopping() {
        return stopping.getCount() == 0;
    }
}
