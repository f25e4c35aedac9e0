package pointsman.job.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import pointsman.failure.Failure;
import pointsman.job.Job;
import pointsman.job.JobKind;
import pointsman.job.JobState;
import pointsman.job.Refusals;
import pointsman.job.StopReason;

/// Jobs as the database has them: made, found, taken for planning, ended.
public final class JobStore {
    private static final String COLUMNS =
            "id, tenant, spec, forecast, state, failure, created_at, started_at, cancelling_at, finalizing_at, finished_at,"
                    + " age_millis, items, scored";
    private static final String ACTIVE = "('queued', 'running', 'cancelling')";

    private final Database database;
    private final InstantSource clock;
    private final int mostActive;

    /// @param clock tells times that are only shown
    /// @param mostActive jobs that one tenant may have running
    JobStore(Database database, InstantSource clock, int mostActive) {
        this.database = database;
        this.clock = clock;
        this.mostActive = mostActive;
    }

    /// A request for a job.
    ///
    /// @param idempotencyKey the client's word for it; empty if it gave none
    /// @param requestHash of everything that was sent
    /// @param items rows or requests, if they are counted already
    public record Order<D>(
            JobKind<D> kind, String id, String tenant, String idempotencyKey, String requestHash, D data, int items) {}

    /// Stores a job. When this returns, it is on the disk.
    ///
    /// @return the job, or the one that the same idempotency key made before
    /// @throws pointsman.failure.FailureException if the key stands for another request, if there are too
    ///     many jobs, or if it cannot be stored
    public <D> Job<D> create(Order<D> order) {
        return database.transact("the job", () -> {
            var before = byKey(order);
            if (before.isPresent()) {
                return before.get();
            }
            refuseIfTooMany(order.tenant());
            insert(order);
            return byKey(order).orElseGet(() -> get(order.kind(), order.id()));
        });
    }

    private void refuseIfTooMany(String tenant) {
        var active = database.sql("select count(*) from job where tenant = ? and state in " + ACTIVE, tenant)
                .query(Integer.class)
                .single();
        if (active >= mostActive) {
            throw new Failure.Refused(
                            429,
                            "too_many_jobs",
                            "Tenant '%s' has %d jobs that are not over, which is the limit."
                                    .formatted(tenant, mostActive))
                    .asException();
        }
    }

    private <D> void insert(Order<D> order) {
        database.sql(
                        "insert into job (id, kind, tenant, idempotency_key, request_hash, spec, state, created_at, items)"
                                + " values (?, ?, ?, ?, ?, ?, 'queued', ?, ?) on conflict do nothing",
                        order.id(),
                        order.kind().label(),
                        order.tenant(),
                        order.idempotencyKey().isEmpty() ? order.id() : order.idempotencyKey(),
                        order.requestHash(),
                        order.kind().codec().write(order.data()).spec(),
                        clock.instant().getEpochSecond(),
                        order.items())
                .update();
    }

    private <D> Optional<Job<D>> byKey(Order<D> order) {
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
                .query(jobs(order.kind()))
                .optional();
    }

    /// A tenant's job.
    ///
    /// @throws pointsman.failure.FailureException a 404, also if it is another tenant's
    public <D> Job<D> find(JobKind<D> kind, String tenant, String id) {
        Refusals.requirePossible(kind.word(), id);
        return database.sql(
                        "select " + COLUMNS + " from job where id = ? and tenant = ? and kind = ?",
                        id,
                        tenant,
                        kind.label())
                .query(jobs(kind))
                .optional()
                .orElseThrow(() -> Refusals.noSuch(kind.word(), id));
    }

    /// A tenant's jobs, the newest first.
    ///
    /// @param after the id that the page before ended with; empty: from the newest on
    public <D> List<Job<D>> list(JobKind<D> kind, String tenant, String after, int limit) {
        var from = after.isEmpty()
                ? Long.MAX_VALUE
                : find(kind, tenant, after).times().created();
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
                .query(jobs(kind))
                .list();
    }

    /// The ids of every job of a kind that is not over, the oldest first. One whose data cannot be read is among
    /// them, so that it can fail by itself.
    public List<String> activeIds(JobKind<?> kind) {
        return database.sql(
                        "select id from job where kind = ? and state in " + ACTIVE + " order by created_at, id",
                        kind.label())
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// Every job of a kind that is not over, the oldest first.
    public <D> List<Job<D>> active(JobKind<D> kind) {
        return database.sql(
                        "select " + COLUMNS + " from job where kind = ? and state in " + ACTIVE
                                + " order by created_at, id",
                        kind.label())
                .query(jobs(kind))
                .list();
    }

    /// Whether there is a job of this id, whoever's it is.
    public boolean isKnown(String id) {
        return database.sql("select count(*) from job where id = ?", id)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    public <D> Job<D> get(JobKind<D> kind, String id) {
        return database.sql("select " + COLUMNS + " from job where id = ?", id)
                .query(jobs(kind))
                .single();
    }

    /// Whether a job is to go on, and what it has cost so far.
    ///
    /// @param isRunning false once it is cancelled, over or forgotten
    public record Standing(boolean isRunning, long costMicros) {}

    public Standing standing(String id) {
        return database.sql("select state, cost_micros from job where id = ?", id)
                .query((row, _) -> new Standing(JobState.of(row.getString(1)) == JobState.RUNNING, row.getLong(2)))
                .optional()
                .orElse(new Standing(false, 0));
    }

    /// Takes a queued job for planning; false if somebody else has it.
    public boolean takeToPlan(String id, String worker) {
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
    public boolean scored(String id, String worker, int items) {
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

    /// Replaces what a job was planned to cost.
    public <D> void forecast(JobKind<D> kind, String id, D data) {
        database.transact(
                "a job's forecast",
                () -> database.sql(
                                "update job set forecast = ? where id = ?",
                                kind.codec().write(data).forecast(),
                                id)
                        .update());
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
        var state = database.sql("select state from job where id = ?", id)
                .query((row, _) -> JobState.of(row.getString(1)))
                .single();
        var lanes = database.sql(
                        "select coalesce(sum(case when answered < size then 1 else 0 end), 0),"
                                + " coalesce(sum(case when owner is null then 0 else 1 end), 0) from lane where job_id = ?",
                        id)
                .query((row, _) -> new Lanes(row.getInt(1), row.getInt(2)))
                .single();
        return switch (state) {
            case RUNNING -> lanes.open() == 0;
            case CANCELLING -> lanes.held() == 0;
            case QUEUED, COMPLETED, FAILED, CANCELLED, EXPIRED -> false;
        };
    }

    /// Lanes of a job.
    ///
    /// @param open not answered to their ends
    /// @param held by a worker
    private record Lanes(int open, int held) {}

    /// Ends a job that is settled.
    public void finish(String id) {
        database.transact("a job's end", () -> {
            if (!isSettled(id)) {
                return false;
            }
            var reason = stopReason(id);
            return end(id, JobState.RUNNING, JobState.COMPLETED, new StopReason.None())
                    || end(id, JobState.CANCELLING, reason.end(), reason);
        });
    }

    private StopReason stopReason(String id) {
        return database.sql("select failure from job where id = ?", id)
                .query((row, _) -> StopReasons.of(row.getString(1)))
                .single();
    }

    /// Asks a job to stop: nothing new is sent.
    public void cancel(String id, StopReason reason) {
        database.transact("a cancellation", () -> {
            var unplanned = database.sql(
                            "update job set state = 'cancelled', finished_at = ?, failure = ?, owner = null"
                                    + " where id = ? and state = 'queued'",
                            clock.instant().getEpochSecond(),
                            StopReasons.text(reason),
                            id)
                    .update();
            if (unplanned == 0) {
                database.sql(
                                "update job set state = 'cancelling', cancelling_at = ?, failure = ? where id = ? and state = 'running'",
                                clock.instant().getEpochSecond(),
                                StopReasons.text(reason),
                                id)
                        .update();
            }
            return null;
        });
    }

    /// Ends a job that cannot be planned, or cannot go on. What was answered stays.
    public void fail(String id, StopReason reason) {
        database.transact(
                "a job's failure",
                () -> end(id, JobState.QUEUED, JobState.FAILED, reason)
                        || end(id, JobState.RUNNING, JobState.FAILED, reason)
                        || end(id, JobState.CANCELLING, JobState.FAILED, reason));
    }

    /// Adds to the age of every job that is not over. What has grown too old is asked to stop.
    public void age(Duration by, Duration most) {
        database.transact(
                "the jobs' ages",
                () -> database.sql("update job set age_millis = age_millis + ? where state in " + ACTIVE, by.toMillis())
                        .update());
        database.sql("select id from job where age_millis > ? and state in " + ACTIVE, most.toMillis())
                .query(String.class)
                .list()
                .forEach(id -> cancel(id, new StopReason.Expired("The job took longer than %s.".formatted(most))));
    }

    /// Forgets a job that is over, with all its answers.
    public void delete(String id) {
        database.transact(
                "a deletion",
                () -> database.sql("delete from job where id = ?", id).update());
    }

    private boolean end(String id, JobState from, JobState to, StopReason reason) {
        return database.sql(
                                "update job set state = ?, finished_at = ?, failure = ?, owner = null where id = ? and state = ?",
                                to.label(),
                                clock.instant().getEpochSecond(),
                                StopReasons.text(reason),
                                id,
                                from.label())
                        .update()
                == 1;
    }

    private static <D> RowMapper<Job<D>> jobs(JobKind<D> kind) {
        return (row, _) -> new Job<>(
                row.getString("id"),
                row.getString("tenant"),
                kind.codec().read(new JobKind.Texts(row.getString("spec"), row.getString("forecast"))),
                JobState.of(row.getString("state")),
                StopReasons.of(row.getString("failure")),
                new Job.Times(
                        row.getLong("created_at"),
                        row.getLong("started_at"),
                        row.getLong("cancelling_at"),
                        row.getLong("finalizing_at"),
                        row.getLong("finished_at"),
                        Duration.ofMillis(row.getLong("age_millis"))),
                new Job.Items(row.getInt("items"), row.getInt("scored")));
    }
}
