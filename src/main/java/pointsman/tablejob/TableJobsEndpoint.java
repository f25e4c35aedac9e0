package pointsman.tablejob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.access.Tenant;
import pointsman.failure.Failure;
import pointsman.http.Ask;
import pointsman.http.Form;
import pointsman.http.FormReader;
import pointsman.http.Intake;
import pointsman.http.JsonReply;
import pointsman.job.Ids;
import pointsman.job.Job;
import pointsman.job.JobProgress;
import pointsman.job.Refusals;
import pointsman.job.store.JobStore;
import pointsman.job.store.JobStores;
import pointsman.table.TableFormat;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// `POST /v1/table-jobs`: takes a table and a question, and answers with the job once it is on the disk;
/// with `?dry_run=true` only with what it would cost.
final class TableJobsEndpoint implements WebHandler {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final FormReader forms;
    private final TableInputs inputs;
    private final JobStores stores;
    private final DryRun dryRun;
    private final TierSplit split;
    private final int mostLanes;

    /// @param mostLanes that a job may ask for
    TableJobsEndpoint(
            FormReader forms, TableInputs inputs, JobStores stores, DryRun dryRun, TierSplit split, int mostLanes) {
        this.forms = forms;
        this.inputs = inputs;
        this.stores = stores;
        this.dryRun = dryRun;
        this.split = split;
        this.mostLanes = mostLanes;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var ask = new Ask(exchange);
        return forms.read(exchange.getRequest(), "table", (form, intake) -> answer(ask, form, intake))
                .flatMap(reply -> reply.write(exchange));
    }

    /// Everything that can be wrong with a job is told now, and not when it runs.
    private JsonReply answer(Ask ask, Form form, Intake intake) throws IOException, InterruptedException {
        var spec = TableSpecJson.read(form.fields(), mostLanes);
        var format = format(ask, form);
        var table = form.file().isPresent() ? form.file().get() : inline(form, intake);
        form.fields().remove("rows");
        var request = new TableRequest(spec, format, split.settle(ask.tenant(), spec));
        int rows;
        try (var held = inputs.open(ask.tenant().id())) {
            var input = inputs.read(table, request, held);
            if (ask.query("dry_run").filter(Boolean::parseBoolean).isPresent()) {
                return JsonReply.ok(dryRun.run(input, request));
            }
            rows = input.table().rows();
        }
        var hash = Ids.hash(form.fields().toString(), HexFormat.of().formatHex(digest(table)));
        var id = TableWork.KIND.newId();
        var key = ask.idempotencyKey();
        var job = stores.uploads().keep(table, id, () -> create(ask.tenant(), id, key, hash, request, rows));
        stores.signal().raise();
        return new JsonReply(
                job.id().equals(id) ? HttpStatus.ACCEPTED : HttpStatus.OK,
                Map.of("location", "/v1/table-jobs/" + job.id()),
                new TableJobView(job, JobProgress.NONE).json());
    }

    /// The same request again gets the job that there is, and its table is kept already.
    private Job<TableWork> create(Tenant tenant, String id, String key, String hash, TableRequest request, int rows) {
        var work = TableWork.unplanned(request);
        var job = stores.jobs().create(new JobStore.Order<>(TableWork.KIND, id, tenant.id(), key, hash, work, rows));
        if (!job.id().equals(id)) {
            stores.uploads().delete(id);
        }
        return job;
    }

    /// `format` as a query parameter, or the name of the file.
    private static TableFormat format(Ask ask, Form form) throws IOException {
        if (form.file().isEmpty() || form.inline()) {
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
        } catch (InvalidPathException _) {
            throw Refusals.badTable("the name of the file cannot be the name of one");
        }
    }

    /// Inline rows become a file of JSON Lines, so that every job has its table on the disk.
    private static Path inline(Form form, Intake intake) throws IOException {
        var rows = form.fields().path("rows");
        if (!rows.isArray()) {
            throw Failure.BadRequest.inField(
                            "table", "A table job has a table: a part 'table' of a form, or 'rows', a list of objects.")
                    .asException();
        }
        Iterable<String> lines =
                () -> rows.valueStream().map(JSON::writeValueAsString).iterator();
        return Files.write(intake.newFile(), lines, StandardOpenOption.WRITE);
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
