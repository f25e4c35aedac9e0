package pointsman.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.MediaType;
import pointsman.table.Table;
import reactor.core.publisher.Flux;

/// The results of a table job as a document: one line for each row that has an answer or an error, in the
/// caller's order, with the row's number and, if asked for, its cells.
final class Results {
    private static final int PAGE = 1_000;

    private final LaneStore lanes;
    private final TableJob tables;

    Results(LaneStore lanes, TableJob tables) {
        this.lanes = lanes;
        this.tables = tables;
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
    Document open(Job job, Format format, boolean withCells) {
        var table = withCells
                ? Optional.of(tables.read(job.id(), TableRequest.of(job.spec())).table())
                : Optional.<Table>empty();
        var lines = new ResultLines(table);
        var pages = pages(job.id());
        var pieces = switch (format) {
            case CSV -> Flux.concat(Flux.just(lines.csvHead()), pages.map(page -> joined(page, lines::csv)));
            case JSONL -> pages.map(page -> joined(page, lines::json));
            case PARQUET ->
                pages.collect(lines::parquet, ResultLines.Parquet::add)
                        .map(ResultLines.Parquet::bytes)
                        .flux();
        };
        var name = "%s.%s".formatted(job.id(), format.name().toLowerCase(Locale.ROOT));
        return new Document(name, MediaType.parseMediaType(format.type), pieces);
    }

    /// The answers, a page at a time, each asked for when it is wanted.
    private Flux<List<Answer>> pages(String jobId) {
        return Flux.generate(() -> 0, (first, sink) -> {
            var page = lanes.answers(jobId, first, PAGE);
            if (page.isEmpty()) {
                sink.complete();
                return first;
            }
            sink.next(page);
            return page.getLast().item() + 1;
        });
    }

    private static byte[] joined(List<Answer> page, Function<Answer, String> line) {
        var out = new ByteArrayOutputStream();
        page.forEach(answer -> out.writeBytes(line.apply(answer).getBytes(UTF_8)));
        return out.toByteArray();
    }
}
