package pointsman.batch;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.tier.Tier;

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
    private final Map<Tier, Integer> limits;
    private final Map<Tier, Pace> paces = new ConcurrentHashMap<>();
    private final Map<String, Crew> crews = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /// @param limits lanes at once, by tier
    LaneSender(
            JobStore jobs,
            LaneStore lanes,
            Workers workers,
            Asking asking,
            Doorbell doorbell,
            Duration beat,
            Map<Tier, Integer> limits) {
        this.jobs = jobs;
        this.lanes = lanes;
        this.answers = new AnswerBundles(lanes);
        this.workers = workers;
        this.asking = asking;
        this.doorbell = doorbell;
        this.beat = beat;
        this.limits = new EnumMap<>(limits);
    }

    /// The lanes of one job that run here.
    ///
    /// @param reader makes answers of what comes back
    /// @param maxCostMicros where the job stops
    private record Crew(Job job, AnswerReader reader, long maxCostMicros, Map<Tier, Integer> running) {
        int count(Tier tier) {
            return running.getOrDefault(tier, 0);
        }

        void count(Tier tier, int change) {
            running.merge(tier, change, Integer::sum);
        }
    }

    /// Lanes that may run at once on a tier.
    int limit(Tier tier) {
        return limits.getOrDefault(tier, 1);
    }

    /// Sends the lanes of a job that nobody else has, until none is open or the job shall not go on.
    void send(Job job, AnswerReader reader, long maxCostMicros) throws InterruptedException {
        var crew = new Crew(job, reader, maxCostMicros, new ConcurrentHashMap<>());
        crews.put(job.id(), crew);
        var factory = Thread.ofVirtual().name(job.id() + "-lane-", 0).factory();
        try (var threads = Executors.newThreadPerTaskExecutor(factory)) {
            while (!stopping && jobs.standing(job.id()).isRunning() && lanes.hasOpen(job.id())) {
                var rings = doorbell.rings();
                for (var tier : Tier.values()) {
                    startLanes(crew, tier, threads);
                }
                doorbell.await(rings, beat);
            }
        } finally {
            crews.remove(job.id());
        }
    }

    private void startLanes(Crew crew, Tier tier, ExecutorService threads) {
        while (crew.count(tier) < share(tier)) {
            var worker = workers.self();
            var lane = lanes.take(crew.job().id(), tier, worker);
            if (lane.isEmpty()) {
                return;
            }
            crew.count(tier, 1);
            threads.execute(() -> run(crew, lane.get(), worker));
        }
    }

    private int share(Tier tier) {
        return Math.max(1, limit(tier) / Math.max(1, crews.size()));
    }

    private void run(Crew crew, Lane lane, String worker) {
        try {
            while (sendPage(crew, lane, worker)) {
                LOG.debug("job={} lane={} goes on", lane.jobId(), lane.number());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            crew.count(lane.tier(), -1);
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
            if (!mayGoOn(crew)) {
                return false;
            }
            var id = "%s-%d-%d".formatted(lane.jobId(), lane.number(), stored.seq());
            var result = asking.ask(id, crew.job().tenant(), stored.question(), pace(lane.tier()), crew.reader());
            if (!patiently(lane, () -> answers.answered(lane, worker, stored.seq(), result))) {
                return false;
            }
            if (stored.seq() < FIRST_ANSWERS) {
                doorbell.ring();
            }
        }
        return page.size() == PAGE && crew.count(lane.tier()) <= share(lane.tier());
    }

    private Pace pace(Tier tier) {
        return paces.computeIfAbsent(tier, one -> new Pace(limit(one)));
    }

    private boolean mayGoOn(Crew crew) {
        var standing = jobs.standing(crew.job().id());
        if (standing.isRunning() && standing.costMicros() >= crew.maxCostMicros()) {
            jobs.cancel(
                    crew.job().id(),
                    Failures.json(
                            "max_cost_reached",
                            "The answers cost %.6f dollars, and 'options.max_cost_usd' is %.6f."
                                    .formatted(standing.costMicros() / 1e6, crew.maxCostMicros() / 1e6)));
            return false;
        }
        return !stopping && standing.isRunning();
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
