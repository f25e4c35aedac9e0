package pointsman.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import pointsman.batch.BatchSpec;
import pointsman.failure.Failure;
import pointsman.job.Job.Kind;

/// Jobs as the database has them: made, found, taken for planning, ended.
public final class JobStore {
    private static final String COLUMNS =
            "id, kind, tenant, spec, state, created_at, started_at, cancelling_at, finalizing_at, finished_at, age_millis,"
                    + " items, scored, forecast, failure";
    private static final String ACTIVE = "('queued', 'running', 'cancelling')";

    private final Database database;
    private final InstantSource clock;

    /// @param clock tells times that are only shown
    JobStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A request for a job.
    ///
    /// @param idempotencyKey the client's word for it; empty if it gave none
    /// @param requestHash of everything that was sent
    /// @param items rows or requests, if they are counted already
    public record Order(
            String id, Kind kind, String tenant, String idempotencyKey, String requestHash, String spec, int items) {}

    /// Stores a job. When this returns, it is on the disk.
    ///
    /// @param mostActive jobs that the tenant may have running
    /// @return the job, or the one that the same idempotency key made before
    /// @throws pointsman.failure.FailureException if the key stands for another request, if there are too many
    ///     jobs, or if it cannot be stored
    public Job create(Order order, int mostActive) {
        return database.transact("the job", () -> {
            var before = byKey(order);
            if (before.isPresent()) {
                return before.get();
            }
            var active = database.sql(
                            "select count(*) from job where tenant = ? and state in " + ACTIVE, order.tenant())
                    .query(Integer.class)
                    .single();
            if (active >= mostActive) {
                throw new Failure.Refused(
                                429,
                                "too_many_jobs",
                                "Tenant '%s' has %d jobs that are not over, which is the limit."
                                        .formatted(order.tenant(), mostActive))
                        .asException();
            }
            database.sql(
                            "insert into job (id, kind, tenant, idempotency_key, request_hash, spec, state, created_at, items)"
                                    + " values (?, ?, ?, ?, ?, ?, 'queued', ?, ?) on conflict do nothing",
                            order.id(),
                            order.kind().label(),
                            order.tenant(),
                            order.idempotencyKey().isEmpty() ? order.id() : order.idempotencyKey(),
                            order.requestHash(),
                            order.spec(),
                            clock.instant().getEpochSecond(),
                            order.items())
                    .update();
            return byKey(order).orElseGet(() -> get(order.id()));
        });
    }

    private Optional<Job> byKey(Order order) {
        if (order.idempotencyKey().isEmpty()) {
            return Optional.empty();
        }
        var where = " from job where tenant = ? and kind = ? and idempotency_key = ?";
        var hash = database.sql(
                        "select request_hash" + where,
                        order.tenant(),
                        order.kind().label(),
                        order.idempotencyKey())
                .query(String.class)
                .optional();
        if (hash.isPresent() && !hash.get().equals(order.requestHash())) {
            throw Refusals.conflict(
                    "idempotency_key_reused",
                    "The Idempotency-Key '%s' already stands for another request.".formatted(order.idempotencyKey()));
        }
        return database.sql(
                        "select " + COLUMNS + where,
                        order.tenant(),
                        order.kind().label(),
                        order.idempotencyKey())
                .query(JobStore::job)
                .optional();
    }

    /// A tenant's job.
    ///
    /// @throws pointsman.failure.FailureException a 404, also if it is another tenant's
    public Job find(Kind kind, String tenant, String id) {
        Refusals.requirePossible(kind.word(), id);
        return database.sql(
                        "select " + COLUMNS + " from job where id = ? and tenant = ? and kind = ?",
                        id,
                        tenant,
                        kind.label())
                .query(JobStore::job)
                .optional()
                .orElseThrow(() -> Refusals.noSuch(kind.word(), id));
    }

    /// A tenant's jobs, the newest first.
    ///
    /// @param after the id that the page before ended with; empty: from the newest on
    public List<Job> list(Kind kind, String tenant, String after, int limit) {
        var from = after.isEmpty() ? Long.MAX_VALUE : find(kind, tenant, after).createdAt();
        return database.sql(
                        "select " + COLUMNS + " from job where tenant = ? and kind = ?"
                                + " and (created_at < ? or (created_at = ? and id < ?))"
                                + " order by created_at desc, id desc limit ?",
                        tenant,
                        kind.label(),
                        from,
                        from,
                        after,
                        limit)
                .query(JobStore::job)
                .list();
    }

    /// Every job that is not over, the oldest first.
    List<Job> active() {
        return database.sql("select " + COLUMNS + " from job where state in " + ACTIVE + " order by created_at, id")
                .query(JobStore::job)
                .list();
    }

    /// A batch that is not over and has this file for its input, if there is one.
    public Optional<Job> batchOf(StoredFile file) {
        return active().stream()
                .filter(job -> job.kind() == Kind.BATCH && job.tenant().equals(file.tenant()))
                .filter(job -> BatchSpec.of(job.spec()).inputFile().equals(file.id()))
                .findFirst();
    }

    /// Whether there is a job of this id, whoever's it is.
    public boolean isKnown(String id) {
        return database.sql("select count(*) from job where id = ?", id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    public Job get(String id) {
        return database.sql("select " + COLUMNS + " from job where id = ?", id)
                .query(JobStore::job)
                .single();
    }

    /// Whether a job is to go on, and what it has cost so far.
    ///
    /// @param isRunning false once it is cancelled, over or forgotten
    record Standing(boolean isRunning, long costMicros) {}

    Standing standing(String id) {
        return database.sql("select state, cost_micros from job where id = ?", id)
                .query((row, _) -> new Standing(row.getString(1).equals("running"), row.getLong(2)))
                .optional()
                .orElse(new Standing(false, 0));
    }

    /// Takes a queued job for planning; false if somebody else has it.
    boolean takeToPlan(String id, String worker) {
        return database.transact(
                "a job's planner",
                () -> database.sql(
                                        "update job set owner = ? where id = ? and state = 'queued' and (owner is null or owner = ?)",
                                        worker,
                                        id,
                                        worker)
                                .update()
                        == 1);
    }

    /// Notes how many items of a job are scored; false if it is not this worker's to plan any more.
    boolean scored(String id, String worker, int items) {
        return database.transact(
                "a job's scores",
                () -> database.sql(
                                        "update job set scored = ? where id = ? and state = 'queued' and owner = ?",
                                        items,
                                        id,
                                        worker)
                                .update()
                        == 1);
    }

    /// Notes that the results of a settled job are being written.
    public void finalizing(String id) {
        database.transact(
                "a job's results",
                () -> database.sql(
                                "update job set finalizing_at = ? where id = ? and finalizing_at = 0",
                                clock.instant().getEpochSecond(),
                                id)
                        .update());
    }

    /// Whether nothing of a job is open, or nothing of it shall go on, and no worker holds any of it.
    public boolean isSettled(String id) {
        var job = get(id);
        var lanes = database.sql(
                        "select coalesce(sum(case when answered < size then 1 else 0 end), 0),"
                                + " coalesce(sum(case when owner is null then 0 else 1 end), 0) from lane where job_id = ?",
                        id)
                .query((row, _) -> new int[] {row.getInt(1), row.getInt(2)})
                .single();
        return switch (job.state()) {
            case RUNNING -> lanes[0] == 0;
            case CANCELLING -> lanes[1] == 0;
            case QUEUED, COMPLETED, FAILED, CANCELLED, EXPIRED -> false;
        };
    }

    /// Ends a job that is settled.
    public void finish(String id) {
        database.transact("a job's end", () -> {
            if (!isSettled(id)) {
                return false;
            }
            var failure = get(id).failure();
            var stopped = failure.contains("\"expired\"") ? JobState.EXPIRED : JobState.CANCELLED;
            return end(id, JobState.RUNNING, JobState.COMPLETED, "") || end(id, JobState.CANCELLING, stopped, failure);
        });
    }

    /// Asks a job to stop: nothing new is sent.
    ///
    /// @param failure why, as JSON; empty if its tenant asked for it
    public void cancel(String id, String failure) {
        database.transact("a cancellation", () -> {
            var unplanned = database.sql(
                            "update job set state = 'cancelled', finished_at = ?, failure = ?, owner = null"
                                    + " where id = ? and state = 'queued'",
                            clock.instant().getEpochSecond(),
                            failure,
                            id)
                    .update();
            if (unplanned == 0) {
                database.sql(
                                "update job set state = 'cancelling', cancelling_at = ?, failure = ? where id = ? and state = 'running'",
                                clock.instant().getEpochSecond(),
                                failure,
                                id)
                        .update();
            }
            return null;
        });
    }

    /// Ends a job that cannot be planned, or cannot go on. What was answered stays.
    void fail(String id, String failure) {
        database.transact(
                "a job's failure",
                () -> end(id, JobState.QUEUED, JobState.FAILED, failure)
                        || end(id, JobState.RUNNING, JobState.FAILED, failure)
                        || end(id, JobState.CANCELLING, JobState.FAILED, failure));
    }

    /// Adds to the age of every job that is not over. What has grown too old is asked to stop.
    void age(Duration by, Duration most) {
        database.transact("the jobs' ages", () -> {
            database.sql("update job set age_millis = age_millis + ? where state in " + ACTIVE, by.toMillis())
                    .update();
            return null;
        });
        active().stream()
                .filter(job -> job.age().compareTo(most) > 0)
                .forEach(job ->
                        cancel(job.id(), JobFailures.json("expired", "The job took longer than %s.".formatted(most))));
    }

    /// Forgets a job that is over, with all its answers.
    public void delete(String id) {
        database.transact(
                "a deletion",
                () -> database.sql("delete from job where id = ?", id).update());
    }

    private boolean end(String id, JobState from, JobState to, String failure) {
        return database.sql(
                                "update job set state = ?, finished_at = ?, failure = ?, owner = null where id = ? and state = ?",
                                to.label(),
                                clock.instant().getEpochSecond(),
                                failure,
                                id,
                                from.label())
                        .update()
                == 1;
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        return new Job(
                row.getString("id"),
                Kind.of(row.getString("kind")),
                row.getString("tenant"),
                row.getString("spec"),
                JobState.of(row.getString("state")),
                row.getLong("created_at"),
                row.getLong("started_at"),
                row.getLong("cancelling_at"),
                row.getLong("finalizing_at"),
                row.getLong("finished_at"),
                Duration.ofMillis(row.getLong("age_millis")),
                row.getInt("items"),
                row.getInt("scored"),
                row.getString("forecast"),
                row.getString("failure"));
    }
}
