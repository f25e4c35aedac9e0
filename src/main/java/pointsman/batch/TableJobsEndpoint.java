package pointsman.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.access.BodyClaim;
import pointsman.access.Tenant;
import pointsman.batch.Job.Kind;
import pointsman.failure.Failure;
import pointsman.table.TableFormat;
import pointsman.upstream.ModelNames;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// `POST /v1/table-jobs`: takes a table and a question, and answers with the job once it is on the disk; with
/// `?dry_run=true` only with what it would cost.
final class TableJobsEndpoint implements WebHandler {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_KEY = 255;

    private final FormReader forms;
    private final Desk desk;
    private final Uploads uploads;
    private final JobStore jobs;
    private final TableJob path;
    private final DryRun dryRun;
    private final ModelNames models;
    private final Doorbell doorbell;
    private final BatchProperties properties;

    TableJobsEndpoint(
            FormReader forms,
            Desk desk,
            Uploads uploads,
            JobStore jobs,
            TableJob path,
            DryRun dryRun,
            ModelNames models,
            Doorbell doorbell,
            BatchProperties properties) {
        this.forms = forms;
        this.desk = desk;
        this.uploads = uploads;
        this.jobs = jobs;
        this.path = path;
        this.dryRun = dryRun;
        this.models = models;
        this.doorbell = doorbell;
        this.properties = properties;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var ask = new Ask(exchange);
        return forms.read(exchange, "table")
                .flatMap(form -> desk.wait(BodyClaim.of(exchange).holding(() -> answer(ask, form)))
                        .doFinally(_ -> forms.discard(form)))
                .flatMap(reply -> reply.write(exchange));
    }

    /// Everything that can be wrong with a job is told now, and not when it runs.
    private JsonReply answer(Ask ask, Form form) throws IOException, InterruptedException {
        var spec = TableSpec.read(form.fields(), properties.lanes().most());
        var format = format(ask, form);
        var table = form.file().isPresent() ? form.file().get() : inline(form);
        form.fields().remove("rows");
        var id = Kind.TABLE.newId();
        var hash = Ids.hash(form.fields().toString(), HexFormat.of().formatHex(digest(table)));
        uploads.keep(table, id);
        var isKept = false;
        try {
            var request =
                    new TableRequest(form.fields(), format, TableRequest.policy(ask.tenant(), spec.model(), models));
            var input = path.read(id, request);
            if (ask.query("dry_run").filter(Boolean::parseBoolean).isPresent()) {
                return JsonReply.ok(dryRun.run(input, request));
            }
            var job = create(
                    ask.tenant(), id, key(ask), hash, request, input.table().rows());
            isKept = job.id().equals(id);
            doorbell.ring();
            return new JsonReply(
                    isKept ? HttpStatus.ACCEPTED : HttpStatus.OK,
                    Map.of("location", "/v1/table-jobs/" + job.id()),
                    new JobView(job, Progress.NONE).json());
        } finally {
            if (!isKept) {
                uploads.delete(id);
            }
        }
    }

    private Job create(Tenant tenant, String id, String key, String hash, TableRequest request, int rows) {
        return jobs.create(
                new JobStore.Order(id, Kind.TABLE, tenant.id(), key, hash, request.text(), rows),
                properties.limits().jobs());
    }

    private static String key(Ask ask) {
        var key = ask.header("Idempotency-Key");
        if (key.length() > LONGEST_KEY) {
            throw Failure.BadRequest.inField(
                            "Idempotency-Key",
                            "An Idempotency-Key has at most %d characters; this one has %d."
                                    .formatted(LONGEST_KEY, key.length()))
                    .asException();
        }
        return key;
    }

    /// `format` as a query parameter, or the name of the file.
    private static TableFormat format(Ask ask, Form form) throws IOException {
        if (form.file().isEmpty()) {
            return new TableFormat.JsonLines();
        }
        var name = ask.query("format").map(word -> "table." + word).orElse(form.fileName());
        if (name.isEmpty()) {
            throw Refusals.badTable("the part 'table' has no file name; give one, or ?format=csv, jsonl or parquet");
        }
        try {
            return TableFormat.of(
                    Path.of(String.valueOf(Path.of(name).getFileName()).toLowerCase(Locale.ROOT)));
        } catch (IOException e) {
            throw Refusals.badTable(String.valueOf(e.getMessage()));
        }
    }

    /// Inline rows become a file of JSON Lines, so that every job has its table on the disk.
    private Path inline(Form form) {
        var rows = form.fields().path("rows");
        if (!rows.isArray()) {
            throw Failure.BadRequest.inField(
                            "table", "A table job has a table: a part 'table' of a form, or 'rows', a list of objects.")
                    .asException();
        }
        return uploads.incoming(
                () -> rows.valueStream().map(JSON::writeValueAsString).iterator());
    }

    private static byte[] digest(Path file) throws IOException {
        var digest = Ids.sha256();
        try (var input = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return digest.digest();
    }
}
