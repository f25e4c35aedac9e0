package pointsman.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import pointsman.dialect.batch.BatchResultLine;
import pointsman.failure.Failure;
import pointsman.job.Ids;
import pointsman.job.ItemAnswer;
import pointsman.job.Job;
import pointsman.job.JsonLine;
import pointsman.job.StopReason;
import pointsman.job.store.LaneStore;
import pointsman.job.store.StoredFiles;
import pointsman.job.store.Uploads;

/// The two files that a batch leaves: answers and errors, each a line with the client's `custom_id`. They
/// are made from the stored answers, so they can be made again after a crash and are the same.
final class BatchResults {
    private static final int PAGE = 1_000;

    private final LaneStore lanes;
    private final StoredFiles files;
    private final Uploads uploads;

    BatchResults(LaneStore lanes, StoredFiles files, Uploads uploads) {
        this.lanes = lanes;
        this.files = files;
        this.uploads = uploads;
    }

    static String outputId(String jobId) {
        return "file-" + Ids.hash(jobId, "output").substring(0, 32);
    }

    static String errorId(String jobId) {
        return "file-" + Ids.hash(jobId, "error").substring(0, 32);
    }

    /// Writes both, as far as there is anything to write.
    ///
    /// @param requests of the input file, in order
    void write(Job<BatchSpec> job, List<BatchRequests.Line> requests) {
        try {
            write(job, requests, true);
            write(job, requests, false);
        } catch (IOException _) {
            throw new Failure.StorageFull("the results").asException();
        }
    }

    private void write(Job<BatchSpec> job, List<BatchRequests.Line> requests, boolean good) throws IOException {
        var incoming = uploads.incoming();
        try {
            try (var writer = Files.newBufferedWriter(incoming, UTF_8)) {
                writeLines(job, requests, good, writer);
            }
            if (Files.size(incoming) > 0) {
                var id = good ? outputId(job.id()) : errorId(job.id());
                var name = "%s_%s.jsonl".formatted(job.id(), good ? "output" : "error");
                files.keep(id, job.tenant(), "batch_output", name, incoming);
            }
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    private void writeLines(Job<BatchSpec> job, List<BatchRequests.Line> requests, boolean good, BufferedWriter writer)
            throws IOException {
        int next = 0;
        for (var page = lanes.answers(job.id(), 0, PAGE); !page.isEmpty(); page = lanes.answers(job.id(), next, PAGE)) {
            for (var answer : page) {
                if (!good && isExpired(job)) {
                    writeExpired(requests, next, answer.item(), job, writer);
                }
                if (answer.isGood() == good) {
                    writer.write(line(job, requests, answer));
                }
                next = answer.item() + 1;
            }
        }
        if (!good && isExpired(job)) {
            writeExpired(requests, next, requests.size(), job, writer);
        }
    }

    private static boolean isExpired(Job<BatchSpec> job) {
        return job.stop() instanceof StopReason.Expired;
    }

    private static String line(Job<BatchSpec> job, List<BatchRequests.Line> requests, ItemAnswer answer) {
        var line = line(job, requests, answer.item());
        var requestId = "%s-%d".formatted(job.id(), answer.item());
        var body = JsonLine.of(answer.body());
        return answer.isGood()
                ? line.answered(answer.status(), requestId, body)
                : line.failed(answer.status(), requestId, body);
    }

    private static void writeExpired(
            List<BatchRequests.Line> requests, int from, int to, Job<BatchSpec> job, BufferedWriter writer)
            throws IOException {
        for (int item = from; item < to; item++) {
            writer.write(line(job, requests, item).expired());
        }
    }

    private static BatchResultLine line(Job<BatchSpec> job, List<BatchRequests.Line> requests, int item) {
        var id = "batch_req_%s_%d".formatted(job.id().substring(job.id().indexOf('_') + 1), item);
        return new BatchResultLine(id, requests.get(item).customId());
    }
}
