package pointsman.batch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pointsman.batch.LaneStore.Stored;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// Sends the lanes of jobs: each on a virtual thread of its own, one question after the other, each answer on
/// the disk before the next question is asked. An upstream's places are shared evenly by the jobs that are
/// running here; a lane that holds more than its job's share gives its place back at the next page.
final class LaneSender {
    private static final Logger LOG = LoggerFactory.getLogger(LaneSender.class);
    private static final int PAGE = 32;
    /// Others may wait for these of a lane.
    private static final int FIRST_ANSWERS = 2;
    private static final Duration DISK_PAUSE = Duration.ofSeconds(1);

    private final JobStore jobs;
    private final LaneStore lanes;
    private final AnswerBundles answers;
    private final Workers workers;
    private final Asking asking;
    private final Doorbell doorbell;
    private final Duration beat;
    private final Map<String, Integer> limits;
    private final Map<String, Pace> paces = new ConcurrentHashMap<>();
    private final Map<String, Crew> crews = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /// @param limits lanes at once, by the name of the upstream
    LaneSender(
            JobStore jobs,
            LaneStore lanes,
            Workers workers,
            Asking asking,
            Doorbell doorbell,
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
    private record Crew(Job job, AnswerReader reader, Purse purse, Pulse pulse, Map<String, Integer> running) {
        int count(String upstream) {
            return running.getOrDefault(upstream, 0);
        }

        void count(String upstream, int change) {
            running.merge(upstream, change, Integer::sum);
        }
    }

    /// Lanes that may run at once on an upstream.
    int limit(String upstream) {
        return limits.getOrDefault(upstream, 1);
    }

    /// Sends the lanes of a job that nobody else has, until none is open or the job shall not go on.
    void send(Job job, AnswerReader reader, long maxCostMicros) throws InterruptedException {
        var pulse = new Pulse(() -> jobs.standing(job.id()).isRunning(), System::nanoTime);
        var crew = new Crew(job, reader, new Purse(maxCostMicros), pulse, new ConcurrentHashMap<>());
        crews.put(job.id(), crew);
        var factory = Thread.ofVirtual().name(job.id() + "-lane-", 0).factory();
        try (var threads = Executors.newThreadPerTaskExecutor(factory)) {
            while (!stopping && jobs.standing(job.id()).isRunning() && lanes.hasOpen(job.id())) {
                var rings = doorbell.rings();
                for (var upstream : limits.keySet()) {
                    startLanes(crew, upstream, threads);
                }
                doorbell.await(rings, beat);
            }
        } finally {
            crews.remove(job.id());
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

    private void run(Crew crew, Lane lane, String worker) {
        try {
            while (sendPage(crew, lane, worker)) {
                LOG.debug("job={} lane={} goes on", lane.jobId(), lane.number());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            crew.count(lane.upstream(), -1);
            giveBack(lane, worker);
            doorbell.ring();
        }
    }

    /// Sends the next questions of a lane.
    ///
    /// @return whether there may be more of them for this thread
    private boolean sendPage(Crew crew, Lane lane, String worker) throws InterruptedException {
        var page = lanes.next(lane, PAGE);
        for (var stored : page) {
            if (!mayGoOn(crew) || !sendOne(crew, lane, worker, stored)) {
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
    /// @return whether its answer is stored
    private boolean sendOne(Crew crew, Lane lane, String worker, Stored stored) throws InterruptedException {
        var id = "%s-%d-%d".formatted(lane.jobId(), lane.number(), stored.seq());
        var matter = new Asking.Matter(id, crew.job().tenant(), stored.question(), crew.reader());
        var estimate = asking.estimateMicros(matter);
        var reserve =
                crew.purse().reserve(estimate, () -> jobs.standing(lane.jobId()).costMicros());
        if (reserve.isEmpty()) {
            stopForMoney(crew, estimate);
            return false;
        }
        long cost = 0;
        try {
            var result = asking.ask(matter, pace(lane.upstream()));
            cost = result.costMicros();
            return patiently(lane, () -> answers.answered(lane, worker, stored.seq(), result));
        } finally {
            crew.purse().settle(reserve.getAsLong(), cost);
        }
    }

    private Pace pace(String upstream) {
        return paces.computeIfAbsent(upstream, one -> new Pace(limit(one)));
    }

    private boolean mayGoOn(Crew crew) {
        return !stopping && crew.pulse().isRunning();
    }

    private void stopForMoney(Crew crew, long estimateMicros) {
        var standing = jobs.standing(crew.job().id());
        if (standing.isRunning()) {
            jobs.cancel(
                    crew.job().id(),
                    Failures.json(
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

    /// An answer that is paid for is not given up, and neither is the way back of a lane, which nobody else would
    /// take from a worker that lives: while the disk is full, they wait.
    private static boolean patiently(Lane lane, Write write) throws InterruptedException {
        while (true) {
            try {
                return write.write();
            } catch (FailureException e) {
                if (!(e.failure() instanceof Failure.StorageFull)) {
                    throw e;
                }
                LOG.warn("job={} lane={} waits: {}", lane.jobId(), lane.number(), e.getMessage());
                Thread.sleep(DISK_PAUSE);
            }
        }
    }

    private void giveBack(Lane lane, String worker) {
        try {
            patiently(lane, () -> lanes.release(lane, worker));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks nothing new. What is under way comes to its end.
    void stop() {
        stopping = true;
        doorbell.ring();
    }
}
