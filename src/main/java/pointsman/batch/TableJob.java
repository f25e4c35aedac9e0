package pointsman.batch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.table.BadTableException;
import pointsman.table.Table;
import pointsman.table.TableLimits;
import pointsman.table.TableReader;
import pointsman.tier.Decision;

/// THE PATH of a table job. Everything that happens to one happens here, in this order: read, score, plan, begin,
/// send, judge, finish. Where the job asks for a trial, that is sent first and judged, and the rest is sent after it.
/// Whoever finds a job that is begun joins at `send`; an answer that is stored is never asked for again.
final class TableJob {
    private final Uploads uploads;
    private final TableLimits limits;
    private final long mostPrompts;
    private final int mostLanes;
    private final TierSplit split;
    private final TablePlanner planner;
    private final Beginning beginning;
    private final LaneSender sender;
    private final Judge judge;
    private final JobStore jobs;

    TableJob(
            Uploads uploads,
            TableLimits limits,
            long mostPrompts,
            int mostLanes,
            TierSplit split,
            TablePlanner planner,
            Beginning beginning,
            LaneSender sender,
            Judge judge,
            JobStore jobs) {
        this.uploads = uploads;
        this.limits = limits;
        this.mostPrompts = mostPrompts;
        this.mostLanes = mostLanes;
        this.split = split;
        this.planner = planner;
        this.beginning = beginning;
        this.sender = sender;
        this.judge = judge;
        this.jobs = jobs;
    }

    /// Runs a job to its end, together with every other replica that has places free.
    void run(Job job) throws InterruptedException {
        var request = TableRequest.of(job.spec());
        if (beginning.isOurs(job)) {
            var input = read(job.id(), request);
            score(job, input, request).ifPresent(decisions -> begin(job, plan(input, decisions)));
        }
        send(job, spec(request));
        judge(job, spec(request));
        send(job, spec(request));
        finish(job);
    }

    /// Reads a table and holds the job's wishes against it.
    ///
    /// @throws FailureException a [Failure.BadRequest] if it is no table within the limits, or not one for this
    ///     job
    TableInput read(String upload, TableRequest request) {
        try {
            Table table = new TableReader(limits).read(uploads.path(upload), request.format());
            var input = TableInput.of(table, spec(request));
            checkSize(input);
            return input;
        } catch (BadTableException e) {
            throw Refusals.badTable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw Refusals.badTable("the table cannot be read: " + e.getMessage());
        }
    }

    /// A short table with a long instruction is a long job.
    private void checkSize(TableInput input) {
        long rows = input.table().rows();
        long characters = rows * input.spec().instruction().length();
        if (characters > mostPrompts) {
            throw Failure.BadRequest.inField(
                            "instruction",
                            "%d rows with an instruction of %d characters are %d characters of prompts; at most %d may be."
                                    .formatted(rows, input.spec().instruction().length(), characters, mostPrompts))
                    .asException();
        }
    }

    /// Empty if the job was cancelled meanwhile.
    private Optional<List<Decision>> score(Job job, TableInput input, TableRequest request)
            throws InterruptedException {
        return split.decide(input, request.policy(), scored -> !sender.isStopping() && beginning.isWanted(job, scored));
    }

    private JobPlan plan(TableInput input, List<Decision> decisions) {
        return planner.plan(input, decisions);
    }

    private void begin(Job job, JobPlan plan) {
        beginning.begin(job, plan);
    }

    private void send(Job job, TableSpec spec) throws InterruptedException {
        sender.send(job, new AnswerReader.Values(spec.output()), spec.options().maxCostMicros());
    }

    /// What is asked in both orders decides which of them the rest is asked in.
    private void judge(Job job, TableSpec spec) {
        judge.decide(jobs.get(job.id()), spec.output());
    }

    private void finish(Job job) {
        jobs.finish(job.id());
    }

    private TableSpec spec(TableRequest request) {
        return TableSpec.read(request.asked(), mostLanes);
    }
}
