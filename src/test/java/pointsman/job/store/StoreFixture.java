package pointsman.job.store;

import static org.assertj.core.api.Assertions.assertThat;
import static pointsman.job.store.StoreSamples.KIND;
import static pointsman.job.store.StoreSamples.questions;
import static pointsman.job.store.StoreSamples.result;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import pointsman.job.Job;
import pointsman.job.LanePlan;
import pointsman.job.LanePlan.Arm;
import pointsman.job.store.LaneStore.Outcome;
import pointsman.job.store.LaneStore.Result;

/// A store of jobs, empty before every test, with workers whose clock stands still.
abstract class StoreFixture {
    static final Duration LEASE = Duration.ofSeconds(6);

    final AtomicLong clock = new AtomicLong();
    final AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-11-25T00:00:00Z"));
    final Database database = open();
    final JobStore jobs = new JobStore(database, wall::get, 2);
    final LaneStore lanes = new LaneStore(database, wall::get);

    /// Opens the store that is tested.
    abstract Database open();

    @BeforeEach
    void emptyTheStore() {
        for (var table : List.of("answer", "question", "lane", "job", "worker")) {
            database.sql("delete from " + table).update();
        }
    }

    @AfterEach
    void closeTheStore() {
        database.close();
    }

    boolean answered(Lane lane, Workers worker, int seq, Result result) {
        return lanes.answered(List.of(new Outcome(lane, worker.self(), seq, result)))
                .getFirst();
    }

    Job<String> create(String id, String key, String hash) {
        return jobs.create(new JobStore.Order<>(KIND, id, "tenant", key, hash, "{}", 0));
    }

    /// A running job with one lane for each size; every lane but the first waits for the first's first
    /// answer.
    void begin(String id, Workers worker, int... sizes) {
        create(id, "", "hash");
        jobs.takeToPlan(id, worker.self());
        var plan = new ArrayList<LanePlan>();
        int first = 0;
        for (int size : sizes) {
            plan.add(new LanePlan("small", 0, 1, Arm.SENT, questions(first, size)));
            first += size;
        }
        assertThat(lanes.begin(id, worker.self(), first, plan, "{}")).isTrue();
    }

    Workers worker() {
        var worker = new Workers(database, LEASE, clock::get);
        worker.heartbeat();
        return worker;
    }

    /// One stands still while the other watches.
    void die(Workers dead, Workers heir) {
        heir.heartbeat();
        clock.addAndGet(LEASE.toNanos());
        assertThat(heir.heartbeat()).isTrue();
        assertThat(dead.self()).isNotEqualTo(heir.self());
    }
}
