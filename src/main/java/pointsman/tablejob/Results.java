package pointsman.tablejob;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.springframework.http.MediaType;
import pointsman.job.ItemAnswer;
import pointsman.job.Job;
import pointsman.job.store.LaneStore;
import pointsman.table.TableMemory;
import reactor.core.publisher.Flux;

/// The results of a table job as a document: one line for each row that has an answer or an error, in the
/// caller's order, with the row's number and, if asked for, its cells.
final class Results {
    private static final int FIRST_PAGE = 16;
    private static final int MOST_ROWS = 1_000;
    private static final long PAGE_BYTES = 1 << 20;
    private static final int PIECE_BYTES = 1 << 13;

    private final LaneStore lanes;
    private final TableInputs inputs;

    Results(LaneStore lanes, TableInputs inputs) {
        this.lanes = lanes;
        this.inputs = inputs;
    }

    /// How the document is written.
    enum Format {
        CSV("text/csv;charset=utf-8"),
        JSONL("application/jsonl;charset=utf-8"),
        PARQUET("application/vnd.apache.parquet");

        private final String type;

        Format(String type) {
            this.type = type;
        }
    }

    /// A document on its way.
    ///
    /// @param pieces its bytes, made as they are wanted
    record Document(String name, MediaType type, Flux<byte[]> pieces) {}

    /// Opens a job's results.
    ///
    /// @param withCells whether every line repeats the row's cells
    /// @param held the memory that the table takes until the document is sent
    Document open(Job<TableWork> job, Format format, boolean withCells, TableMemory.Share held) {
        var lines = new ResultLines(withCells ? Optional.of(inputs.table(job, held)) : Optional.empty());
        var name = "%s.%s".formatted(job.id(), format.name().toLowerCase(Locale.ROOT));
        return new Document(
                name,
                MediaType.parseMediaType(format.type),
                pieces(lines, job, format).concatMapIterable(Results::inPieces, 1));
    }

    private Flux<byte[]> pieces(ResultLines lines, Job<TableWork> job, Format format) {
        var pages = pages(job.id());
        return switch (format) {
            case CSV -> Flux.concat(Flux.just(lines.csvHead()), pages.map(page -> joined(page, lines::csv)));
            case JSONL -> pages.map(page -> joined(page, lines::json));
            case PARQUET -> lines.parquet().of(pages);
        };
    }

    /// The answers, a page at a time, each asked for when it is wanted.
    private Flux<List<ItemAnswer>> pages(String jobId) {
        return Flux.generate(() -> new Page(0, FIRST_PAGE), (page, sink) -> {
            var answers = lanes.answers(jobId, page.first(), page.rows());
            if (answers.isEmpty()) {
                sink.complete();
                return page;
            }
            sink.next(answers);
            return page.after(answers);
        });
    }

    /// Where a page begins, and how many rows it has: as many as make about [#PAGE_BYTES] if they are
    /// like those before.
    private record Page(int first, int rows) {
        Page after(List<ItemAnswer> answers) {
            long bytes =
                    answers.stream().mapToLong(answer -> answer.body().length()).sum() + 1;
            long suited = PAGE_BYTES * answers.size() / bytes;
            return new Page(answers.getLast().item() + 1, (int) Math.clamp(suited, 1, Math.min(MOST_ROWS, 4L * rows)));
        }
    }

    private static byte[] joined(List<ItemAnswer> page, Function<ItemAnswer, String> line) {
        var out = new ByteArrayOutputStream();
        page.forEach(answer -> out.writeBytes(line.apply(answer).getBytes(UTF_8)));
        return out.toByteArray();
    }

    /// A connection asks for many pieces at once, however slowly its client reads; so they are small.
    private static List<byte[]> inPieces(byte[] bytes) {
        return IntStream.range(0, Math.ceilDiv(bytes.length, PIECE_BYTES))
                .mapToObj(piece -> Arrays.copyOfRange(
                        bytes, piece * PIECE_BYTES, Math.min(bytes.length, (piece + 1) * PIECE_BYTES)))
                .toList();
    }
}
