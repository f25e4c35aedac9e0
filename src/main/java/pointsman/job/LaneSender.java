package pointsman.job;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pointsman.failure.BareError;
import pointsman.job.LaneStore.Stored;

/// Sends the lanes of jobs: each on a virtual thread of its own, one question after the other, each answer on
/// the disk before the next question is asked. An upstream's places are shared evenly by the jobs that are
/// running here; a lane that holds more than its job's share gives its place back at the next page.
public final class LaneSender {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);
    private static final int PAGE = 32;
    /// Others may wait for these of a lane.
    private static final int FIRST_ANSWERS = 2;
    private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

    private final JobStore jobs;
    private final LaneStore lanes;
    private final AnswerBundles answers;
    private final Workers workers;
    private final QuestionSender asking;
    private final Signal doorbell;
    private final Duration beat;
    private final Map<String, Integer> limits;
    private final Map<String, ConcurrencyLimit> paces = new ConcurrentHashMap<>();
    private final Map<String, Crew> crews = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /// @param limits lanes at once, by the name of the upstream
    public LaneSender(
            JobStore jobs,
            LaneStore lanes,
            Workers workers,
            QuestionSender asking,
            Signal doorbell,
            Duration beat,
            Map<String, Integer> limits) {
        this.jobs = jobs;
        this.lanes = lanes;
        this.answers = new AnswerBundles(lanes);
        this.workers = workers;
        this.asking = asking;
        this.doorbell = doorbell;
        this.beat = beat;
        this.limits = Map.copyOf(limits);
    }

    /// The lanes of one job that run here.
    ///
    /// @param reader makes answers of what comes back
    /// @param purse what the job may spend
    /// @param pulse whether it goes on
    private record Crew(
            Job job, ReplyReader reader, CostBudget purse, CancellationToken pulse, Map<String, Integer> running) {
        int count(String upstream) {
            return running.getOrDefault(upstream, 0);
        }

        void count(String upstream, int change) {
            running.merge(upstream, change, Integer::sum);
        }
    }

    /// Lanes that may run at once on an upstream.
    public int limit(String upstream) {
        return limits.getOrDefault(upstream, 1);
    }

    /// Sends the lanes of a job that nobody else has, until none is open or the job shall not go on. Then whatever
    /// waits stops waiting, and what is under way comes to its end.
    public void send(Job job, ReplyReader reader, long maxCostMicros) throws InterruptedException {
        var pulse = new CancellationToken(() -> jobs.standing(job.id()).isRunning(), System::nanoTime);
        var crew = new Crew(job, reader, new CostBudget(maxCostMicros), pulse, new ConcurrentHashMap<>());
        crews.put(job.id(), crew);
        var factory = Thread.ofVirtual().name(job.id() + "-lane-", 0).factory();
        try (var threads = Executors.newThreadPerTaskExecutor(factory)) {
            goOn(crew, threads);
        } finally {
            crews.remove(job.id());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void goOn(Crew crew, ExecutorService threads) throws InterruptedException {
        var id = crew.job().id();
        try {
            freeLeftOver(id);
            while (!isStopping() && crew.pulse().isRunningNow() && lanes.hasOpen(id)) {
                var rings = doorbell.rings();
                for (var upstream : limits.keySet()) {
                    startLanes(crew, upstream, threads);
                }
                doorbell.await(rings, beat);
            }
        } finally {
            crew.pulse().end();
        }
    }

    /// No lane of a job runs here before its sending begins: what this worker holds of it was lost on the way, and
    /// nobody would ever come for it.
    private void freeLeftOver(String jobId) {
        if (!isStopping()) {
            lanes.releaseAll(jobId, workers.self());
        }
    }

    private void startLanes(Crew crew, String upstream, ExecutorService threads) {
        while (crew.count(upstream) < share(upstream)) {
            var worker = workers.self();
            var lane = lanes.take(crew.job().id(), upstream, worker);
            if (lane.isEmpty()) {
                return;
            }
            crew.count(upstream, 1);
            threads.execute(() -> run(crew, lane.get(), worker));
        }
    }

    private int share(String upstream) {
        return Math.max(1, limit(upstream) / Math.max(1, crews.size()));
    }

    /// Whatever ends a lane, its way back must not fail with it: nobody else takes a lane from a worker that lives.
    @SuppressWarnings("IllegalCatch") // it is said, and the lane is free for another try
    private void run(Crew crew, Lane lane, String worker) {
        try {
            try {
                while (sendPage(crew, lane, worker)) {
                    LOG.debug("job={} lane={} goes on", lane.jobId(), lane.number());
                }
            } catch (RuntimeException | Error e) {
                LOG.warn("job={} lane={} stopped", lane.jobId(), lane.number(), BareError.of(e));
                var _ = crew.pulse().pause(STORE_PAUSE);
            }
            giveBack(lane, worker);
        } catch (InterruptedException _) {
            // The process ends. Whatever it holds is freed together.
        } finally {
            crew.count(lane.upstream(), -1);
            doorbell.ring();
        }
    }

    /// Sends the next questions of a lane.
    ///
    /// @return whether there may be more of them for this thread
    private boolean sendPage(Crew crew, Lane lane, String worker) throws InterruptedException {
        var page = lanes.next(lane, PAGE);
        for (var stored : page) {
            if (!crew.pulse().isRunning() || !sendOne(crew, lane, worker, stored)) {
                return false;
            }
            if (stored.seq() < FIRST_ANSWERS) {
                doorbell.ring();
            }
        }
        return page.size() == PAGE && crew.count(lane.upstream()) <= share(lane.upstream());
    }

    /// Sends a question if it is affordable.
    ///
    /// @return whether its answer is stored, so that the next one may be sent
    private boolean sendOne(Crew crew, Lane lane, String worker, Stored stored) throws InterruptedException {
        var id = "%s-%d-%d".formatted(lane.jobId(), lane.number(), stored.seq());
        var matter = new QuestionSender.Matter(id, crew.job().tenant(), stored.question(), crew.reader());
        var estimate = asking.estimateMicros(matter);
        LongSupplier spent = () -> jobs.standing(lane.jobId()).costMicros();
        var reserve = crew.purse().reserve(estimate, spent);
        if (reserve.isEmpty()) {
            stopForMoney(crew, estimate);
            return false;
        }
        var reserved = new AtomicLong(reserve.getAsLong());
        long cost = 0;
        try {
            var result = asking.ask(matter, this::pace, crew.pulse(), dearer -> {
                var more = crew.purse().raise(reserved.get(), asking.estimateMicros(dearer), spent);
                more.ifPresent(reserved::set);
                return more.isPresent();
            });
            cost = result.map(LaneStore.Result::costMicros).orElse(0L);
            return result.isPresent()
                    && patiently(lane, () -> answers.answered(lane, worker, stored.seq(), result.get()));
        } finally {
            crew.purse().settle(reserved.get(), cost);
        }
    }

    private ConcurrencyLimit pace(String upstream) {
        return paces.computeIfAbsent(upstream, one -> new ConcurrencyLimit(limit(one)));
    }

    private void stopForMoney(Crew crew, long estimateMicros) {
        var standing = jobs.standing(crew.job().id());
        if (standing.isRunning()) {
            jobs.cancel(
                    crew.job().id(),
                    JobFailures.json(
                            "max_cost_reached",
                            "The answers cost %.6f dollars, the next one may cost %.6f, and 'options.max_cost_usd' is %.6f."
                                    .formatted(
                                            standing.costMicros() / 1e6,
                                            crew.purse().next(estimateMicros) / 1e6,
                                            crew.purse().mostMicros() / 1e6)));
        }
    }

    /// A write that waits for a writer.
    private interface Write {
        boolean write();
    }

    /// An answer that is paid for is not given up, and neither is the way back of a lane: while the disk is full or the
    /// store is away, they wait. Once the process ends they have one more try.
    @SuppressWarnings("IllegalCatch") // the store tells which of its failures pass
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

    @SuppressWarnings("IllegalCatch") // the lane is freed with its worker then
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
        crews.values().forEach(crew -> crew.pulse().end());
        doorbell.ring();
    }

    public boolean isStopping() {
        return stopping.getCount() == 0;
    }
}
