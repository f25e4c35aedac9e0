package pointsman.tablejob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.job.Job;
import pointsman.job.JobPlan;
import pointsman.job.JobStart;
import pointsman.job.JobStore;
import pointsman.job.LaneSender;
import pointsman.job.Refusals;
import pointsman.job.ReplyReader;
import pointsman.job.Uploads;
import pointsman.route.Decision;
import pointsman.table.BadTableException;
import pointsman.table.CrowdedException;
import pointsman.table.Table;
import pointsman.table.TableLimits;
import pointsman.table.TableMemory;
import pointsman.table.TableReader;

/// THE PATH of a table job. Everything that happens to one happens here, in this order: read, score, plan, begin,
/// send, judge, finish. Where the job asks for a trial, that is sent first and judged, and the rest is sent after it.
/// Whoever finds a job that is begun joins at `send`; an answer that is stored is never asked for again.
public final class TableJob {
    private static final int PER_ROW = 400;
    private static final int PER_CELL = 12;

    private final Uploads uploads;
    private final Semaphore turn = new Semaphore(1, true);
    private final TableLimits limits;
    private final TableMemory memory;
    private final long mostPrompts;
    private final int mostLanes;
    private final TierSplit split;
    private final TablePlanner planner;
    private final JobStart beginning;
    private final LaneSender sender;
    private final Judge judge;
    private final JobStore jobs;

    public TableJob(
            Uploads uploads,
            TableLimits limits,
            TableMemory memory,
            long mostPrompts,
            int mostLanes,
            TierSplit split,
            TablePlanner planner,
            JobStart beginning,
            LaneSender sender,
            Judge judge,
            JobStore jobs) {
        this.uploads = uploads;
        this.limits = limits;
        this.memory = memory;
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
    public void run(Job job) throws InterruptedException {
        var request = TableRequest.of(job.spec());
        if (beginning.isOurs(job)) {
            try (var held = memory.open(job.tenant())) {
                var input = readInTurn(job, request, held);
                score(job, input, request).ifPresent(decisions -> begin(job, plan(input, decisions)));
            }
        }
        send(job, spec(request));
        judge(job, spec(request));
        send(job, spec(request));
        finish(job);
    }

    /// One job after the other: two that are read at once could each take what the other lacks.
    private TableInput readInTurn(Job job, TableRequest request, TableMemory.Share held) throws InterruptedException {
        turn.acquire();
        try {
            return read(uploads.path(job.id()), request, held);
        } finally {
            turn.release();
        }
    }

    /// Reads a table and holds the job's wishes against it.
    ///
    /// @param held the memory that the table and its plan take
    /// @throws FailureException a [Failure.BadRequest] if it is no table within the limits, or not one for this
    ///     job; a [Refusals#crowded] if it does not fit beside those of others
    TableInput read(Path upload, TableRequest request, TableMemory.Share held) {
        try {
            var table = table(upload, request, held);
            var input = TableInput.of(table, spec(request));
            checkSize(input);
            held.take(planBytes(input));
            return input;
        } catch (UncheckedIOException e) {
            throw refused(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw refused(e);
        }
    }

    /// Reads a table.
    ///
    /// @throws CrowdedException if it does not fit beside those of others
    Table table(Path upload, TableRequest request, TableMemory.Share held) throws IOException {
        return new TableReader(limits).read(upload, request.format(), held);
    }

    public static FailureException refused(IOException e) {
        return switch (e) {
            case BadTableException bad -> Refusals.badTable(String.valueOf(bad.getMessage()));
            case CrowdedException crowded -> Refusals.crowded(String.valueOf(crowded.getMessage()));
            // A job that is stopped meanwhile is read again when the gateway runs again.
            case InterruptedIOException _, ClosedByInterruptException _ ->
                Refusals.crowded("the reading of the table was stopped");
            default -> Refusals.badTable("the table cannot be read");
        };
    }

    /// What is held beside the table until a plan is stored: numbers for cells and rows, and hashes of the beginnings
    /// of
    /// every prompt in the orders that are weighed, eight bytes for some sixty of a prompt in each.
    private static long planBytes(TableInput input) {
        long rows = input.table().rows();
        long around = input.spec().instruction().length()
                + input.columnNames().stream().mapToLong(String::length).sum();
        long prompts = rows * around + input.table().bytes(input.columns());
        return prompts / 2 + rows * (PER_ROW + (long) PER_CELL * input.columns().length);
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
        sender.send(job, new ReplyReader.Values(spec.output()), spec.options().maxCostMicros());
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
