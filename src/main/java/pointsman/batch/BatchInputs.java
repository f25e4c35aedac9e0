package pointsman.batch;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import pointsman.batch.BatchRequests.Line;
import pointsman.job.Job;
import pointsman.job.JobSteps;
import pointsman.job.Refusals;
import pointsman.job.store.Uploads;
import pointsman.table.TableMemory;

/// Reads the files of batches, within the memory that batches and tables share.
///
/// @param mostRequests of a file
record BatchInputs(Uploads uploads, TableMemory memory, int mostRequests) {
    /// For the requests as texts, and for the plan.
    private static final long PER_BYTE = 3;

    /// A batch's requests while they are in memory.
    ///
    /// @param requests in the order of the file
    /// @param share what they take of the memory
    record Held(List<Line> requests, TableMemory.Share share) implements JobSteps.Input {
        Held {
            requests = List.copyOf(requests);
        }

        @Override
        public void close() {
            share.close();
        }
    }

    /// @throws pointsman.failure.FailureException a `BadRequest` that names every problem of the file
    ///     that has any
    Held read(Job<BatchSpec> job) {
        var spec = job.data();
        var file = uploads.path(spec.inputFile());
        var share = memory.open(job.tenant());
        var isRead = false;
        try {
            share.take(PER_BYTE * file.toFile().length());
            var read = BatchRequests.read(file, spec.endpoint(), mostRequests);
            Problems.refuse(read.errors());
            var held = new Held(read.requests(), share);
            isRead = true;
            return held;
        } catch (UncheckedIOException e) {
            throw Refusals.unread(Objects.requireNonNull(e.getCause()));
        } finally {
            if (!isRead) {
                share.close();
            }
        }
    }
}
