package pointsman.tablejob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import pointsman.failure.Failure;
import pointsman.job.Job;
import pointsman.job.JobSteps;
import pointsman.job.Refusals;
import pointsman.job.store.Uploads;
import pointsman.table.Table;
import pointsman.table.TableFormat;
import pointsman.table.TableLimits;
import pointsman.table.TableMemory;
import pointsman.table.TableReader;

/// Reads the tables of table jobs, within limits, and within the memory that all of them share.
final class TableInputs {
    private static final int PER_ROW = 400;
    private static final int PER_CELL = 12;

    private final Uploads uploads;
    private final TableLimits limits;
    private final TableMemory memory;
    private final long mostPrompts;
    private final Semaphore turn = new Semaphore(1, true);

    /// @param mostPrompts characters of all prompts of a job's instruction together
    TableInputs(Uploads uploads, TableLimits limits, TableMemory memory, long mostPrompts) {
        this.uploads = uploads;
        this.limits = limits;
        this.memory = memory;
        this.mostPrompts = mostPrompts;
    }

    /// A job's table while it is in memory.
    ///
    /// @param share what it takes of the memory
    record Held(TableInput input, TableMemory.Share share) implements JobSteps.Input {
        @Override
        public void close() {
            share.close();
        }
    }

    /// The memory for a tenant's tables.
    TableMemory.Share open(String tenant) {
        return memory.open(tenant);
    }

    /// Reads a job's table: one job after the other, for two that are read at once could each take what
    /// the other lacks.
    Held read(Job<TableWork> job) throws InterruptedException {
        var share = open(job.tenant());
        var isRead = false;
        try {
            turn.acquire();
            try {
                var held = new Held(read(uploads.path(job.id()), job.data().request(), share), share);
                isRead = true;
                return held;
            } finally {
                turn.release();
            }
        } finally {
            if (!isRead) {
                share.close();
            }
        }
    }

    /// Reads a table and holds the job's wishes against it.
    ///
    /// @param share the memory that the table and its plan take
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] if it is no table within the
    ///     limits, or not one for this job; a [Refusals#crowded] if it does not fit beside those of
    ///     others
    TableInput read(Path upload, TableRequest request, TableMemory.Share share) {
        try {
            var table = table(upload, request.format(), share);
            var input = TableInput.of(table, request.spec());
            checkSize(input);
            share.take(planBytes(input));
            return input;
        } catch (UncheckedIOException e) {
            throw Refusals.unread(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw Refusals.unread(e);
        }
    }

    /// Reads the table of a job again.
    Table table(Job<TableWork> job, TableMemory.Share share) {
        try {
            return table(uploads.path(job.id()), job.data().request().format(), share);
        } catch (IOException e) {
            throw Refusals.unread(e);
        }
    }

    private Table table(Path upload, TableFormat format, TableMemory.Share share) throws IOException {
        return new TableReader(limits).read(upload, format, share);
    }

    /// What is held beside the table until a plan is stored: numbers for cells and rows, and hashes of
    /// the beginnings of every prompt in the orders that are weighed, eight bytes for some sixty of a
    /// prompt in each.
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
        int instruction = input.spec().instruction().length();
        long characters = rows * instruction;
        if (characters > mostPrompts) {
            throw Failure.BadRequest.inField(
                            "instruction",
                            "%d rows with an instruction of %d characters are %d characters of prompts; at most %d may be."
                                    .formatted(rows, instruction, characters, mostPrompts))
                    .asException();
        }
    }
}
