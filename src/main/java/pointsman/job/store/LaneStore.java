package pointsman.job.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import pointsman.job.Cost;
import pointsman.job.ItemAnswer;
import pointsman.job.JobProgress;
import pointsman.job.LanePlan;
import pointsman.job.LanePlan.Arm;
import pointsman.job.Question;
import pointsman.usage.TokenUsage;

/// Lanes, their questions and the answers, as the database has them. A write names the worker that makes
/// it, and changes nothing once the lane is another's: so nothing is answered twice, whoever has died and
/// come back.
public final class LaneStore {
    private final Database database;
    private final InstantSource clock;

    /// @param clock tells times that are only shown
    LaneStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// A question as it is stored.
    ///
    /// @param seq its place in the lane, from 0
    public record Stored(int seq, Question question) {}

    /// What a question came to.
    ///
    /// @param usage its tokens
    /// @param cost of these
    /// @param answers one for each of its items
    public record Result(TokenUsage usage, Cost cost, List<ItemAnswer> answers) {
        public Result {
            answers = List.copyOf(answers);
        }
    }

    /// Stores a job's plan and lets its lanes be taken.
    ///
    /// @param worker who planned it
    /// @return false if the job is not this worker's to plan any more; nothing is stored then
    public boolean begin(String jobId, String worker, int items, List<LanePlan> lanes, String forecast) {
        return database.transact("the job's plan", () -> {
            var ours = database.sql(
                            "update job set state = 'running', owner = null, started_at = ?, items = ?, forecast = ?"
                                    + " where id = ? and state = 'queued' and owner = ?",
                            clock.instant().getEpochSecond(),
                            items,
                            forecast,
                            jobId,
                            worker)
                    .update();
            if (ours == 0) {
                return false;
            }
            for (int number = 0; number < lanes.size(); number++) {
                insert(jobId, number, lanes.get(number));
            }
            return true;
        });
    }

    private void insert(String jobId, int number, LanePlan lane) {
        var head = lane.head();
        database.sql(
                        "insert into lane (job_id, number, tier, head, size, leader, leads, arm) values (?, ?, ?, ?, ?, ?, ?, ?)",
                        jobId,
                        number,
                        lane.upstream(),
                        head,
                        lane.questions().size(),
                        lane.leader(),
                        lane.leads(),
                        lane.arm().label())
                .update();
        for (int seq = 0; seq < lane.questions().size(); seq++) {
            var question = lane.questions().get(seq);
            database.sql(
                            "insert into question (job_id, lane, seq, items, tail, decision) values (?, ?, ?, ?, ?, ?)",
                            jobId,
                            number,
                            seq,
                            text(question.groups()),
                            question.body().substring(head.length()),
                            Decisions.text(question.grounds()))
                    .update();
        }
    }

    /// Takes a free lane of a running job whose leader is far enough, if there is one.
    public Optional<Lane> take(String jobId, String upstream, String worker) {
        return database.transact("a lane's owner", () -> {
            var free = database.sql(
                            "select lane.job_id, lane.number, lane.tier, lane.head from lane"
                                    + " join job on job.id = lane.job_id and job.state = 'running'"
                                    + " join lane first on first.job_id = lane.job_id and first.number = lane.leader"
                                    + " where lane.job_id = ? and lane.tier = ? and lane.owner is null"
                                    + " and lane.answered < lane.size and lane.arm = ''"
                                    + " and (first.number = lane.number or first.answered >= lane.leads or first.answered = first.size)"
                                    + " order by lane.number limit 1",
                            jobId,
                            upstream)
                    .query(LaneStore::lane)
                    .optional();
            return free.filter(lane -> database.sql(
                                    "update lane set owner = ? where job_id = ? and number = ? and owner is null",
                                    worker,
                                    lane.jobId(),
                                    lane.number())
                            .update()
                    == 1);
        });
    }

    /// Whether a job has lanes that are to be sent and are not done.
    public boolean hasOpen(String jobId) {
        return database.sql("select count(*) from lane where job_id = ? and answered < size and arm = ''", jobId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /// The names of the models that a job still has open lanes for.
    public List<String> open(String jobId) {
        return database.sql("select distinct tier from lane where job_id = ? and answered < size and arm = ''", jobId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /// The next questions of a lane, in order.
    public List<Stored> next(Lane lane, int limit) {
        return database.sql(
                        "select seq, items, tail, decision from question"
                                + " where job_id = ? and lane = ? and done = 0 order by seq limit ?",
                        lane.jobId(),
                        lane.number(),
                        limit)
                .query((row, _) -> new Stored(
                        row.getInt(1),
                        new Question(
                                groups(row.getString(2)),
                                lane.head() + row.getString(3),
                                Decisions.of(lane.upstream(), row.getString(4)))))
                .list();
    }

    /// What a question of a lane came to, and who says so.
    record Outcome(Lane lane, String worker, int seq, Result result) {}

    /// Stores what questions came to, in one transaction. When this returns, it is on the disk and will
    /// never be asked again.
    ///
    /// @return for each, false if its lane is another's by now
    List<Boolean> answered(List<Outcome> outcomes) {
        return database.transact(
                "answers", () -> outcomes.stream().map(this::answered).toList());
    }

    private boolean answered(Outcome outcome) {
        var lane = outcome.lane();
        var result = outcome.result();
        var usage = result.usage();
        var ours = database.sql(
                        "update lane set answered = answered + 1 where job_id = ? and number = ? and owner = ?",
                        lane.jobId(),
                        lane.number(),
                        outcome.worker())
                .update();
        if (ours == 0) {
            return false;
        }
        database.sql(
                        "update question set done = 1, input = ?, cached = ?, output = ?, reasoning = ?, estimated = ?,"
                                + " cost_micros = ?, input_micros = ?, large_micros = ? where job_id = ? and lane = ? and seq = ?",
                        usage.input(),
                        usage.cachedInput(),
                        usage.output(),
                        usage.reasoning(),
                        usage.estimated() ? 1 : 0,
                        result.cost().micros(),
                        result.cost().inputMicros(),
                        result.cost().largeMicros(),
                        lane.jobId(),
                        lane.number(),
                        outcome.seq())
                .update();
        database.sql(
                        "update job set cost_micros = cost_micros + ? where id = ?",
                        result.cost().micros(),
                        lane.jobId())
                .update();
        result.answers()
                .forEach(answer -> database.sql(
                                "insert into answer (job_id, item, status, body) values (?, ?, ?, ?)",
                                lane.jobId(),
                                answer.item(),
                                answer.status(),
                                answer.body())
                        .update());
        return true;
    }

    /// Gives a lane back, done or not.
    ///
    /// @return whether it was this worker's
    public boolean release(Lane lane, String worker) {
        return database.transact(
                "a lane's release",
                () -> database.sql(
                                        "update lane set owner = null where job_id = ? and number = ? and owner = ?",
                                        lane.jobId(),
                                        lane.number(),
                                        worker)
                                .update()
                        == 1);
    }

    /// Gives back every lane of a job that a worker holds.
    public void releaseAll(String jobId, String worker) {
        database.transact(
                "lanes' release",
                () -> database.sql("update lane set owner = null where job_id = ? and owner = ?", jobId, worker)
                        .update());
    }

    /// What a job has done so far.
    public JobProgress progress(String jobId) {
        var items = database.sql(
                        "select count(*), coalesce(sum(case when status = 200 then 1 else 0 end), 0) from answer where job_id = ? and item >= 0",
                        jobId)
                .query((row, _) -> new int[] {row.getInt(1), row.getInt(2)})
                .single();
        return database.sql(
                        "select count(*), coalesce(sum(input), 0), coalesce(sum(cached), 0), coalesce(sum(output), 0),"
                                + " coalesce(sum(reasoning), 0), coalesce(sum(cost_micros), 0), coalesce(sum(input_micros), 0),"
                                + " coalesce(sum(large_micros), 0)"
                                + " from question where job_id = ? and done = 1",
                        jobId)
                .query((row, _) -> new JobProgress(
                        items[1],
                        items[0] - items[1],
                        row.getInt(1),
                        new JobProgress.Tokens(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                        new Cost(row.getLong(6), row.getLong(7), row.getLong(8))))
                .single();
    }

    /// Every answer of a job, those of a trial alone with them.
    public List<ItemAnswer> answers(String jobId) {
        return database.sql("select item, status, body from answer where job_id = ?", jobId)
                .query(LaneStore::answer)
                .list();
    }

    /// Answers in the order of their items, from `first` on.
    public List<ItemAnswer> answers(String jobId, int first, int limit) {
        return database.sql(
                        "select item, status, body from answer where job_id = ? and item >= ? order by item limit ?",
                        jobId,
                        first,
                        limit)
                .query(LaneStore::answer)
                .list();
    }

    /// Whether lanes wait for the outcome of a trial, and nothing else of a running job is open.
    public boolean isTrialOver(String jobId) {
        return database.sql(
                        "select coalesce(sum(case when arm <> '' then 1 else 0 end), 0),"
                                + " coalesce(sum(case when arm = '' and answered < size then 1 else 0 end), 0)"
                                + " from lane join job on job.id = lane.job_id and job.state = 'running' where job_id = ?",
                        jobId)
                .query((row, _) -> row.getInt(1) > 0 && row.getInt(2) == 0)
                .single();
    }

    /// Lets the lanes of this arm of a trial be taken, and forgets those of the other. Whoever comes
    /// second changes nothing: no lane waits any more.
    public void decide(String jobId, Arm winner) {
        database.transact("a trial's outcome", () -> {
            database.sql("delete from lane where job_id = ? and arm not in ('', ?)", jobId, winner.label())
                    .update();
            return database.sql("update lane set arm = '' where job_id = ?", jobId)
                    .update();
        });
    }

    private static Lane lane(ResultSet row, int number) throws SQLException {
        return new Lane(row.getString(1), row.getInt(2), row.getString(3), row.getString(4));
    }

    private static ItemAnswer answer(ResultSet row, int number) throws SQLException {
        return new ItemAnswer(row.getInt(1), row.getInt(2), row.getString(3));
    }

    /// `1,4;7`: the groups of a question.
    private static String text(List<List<Integer>> groups) {
        return groups.stream()
                .map(group -> group.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    private static List<List<Integer>> groups(String text) {
        return Arrays.stream(text.split(";", -1))
                .map(group -> Arrays.stream(group.split(",", -1))
                        .map(Integer::valueOf)
                        .toList())
                .toList();
    }
}
