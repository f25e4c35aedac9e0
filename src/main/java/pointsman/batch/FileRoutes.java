package pointsman.batch;

import java.io.IOException;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.web.server.WebHandler;
import pointsman.failure.Failure;
import pointsman.http.Ask;
import pointsman.http.Form;
import pointsman.http.FormReader;
import pointsman.http.JsonReply;
import pointsman.http.WorkThreads;
import pointsman.job.Job;
import pointsman.job.Refusals;
import pointsman.job.store.JobStore;
import pointsman.job.store.StoredFile;
import pointsman.job.store.StoredFiles;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI's `/v1/files`, as far as batches need it.
final class FileRoutes {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PAGE = 100;
    private static final int CHUNK_BYTES = 1 << 16;

    private final FormReader forms;
    private final WorkThreads threads;
    private final StoredFiles files;
    private final JobStore jobs;

    FileRoutes(FormReader forms, WorkThreads threads, StoredFiles files, JobStore jobs) {
        this.forms = forms;
        this.threads = threads;
        this.files = files;
        this.jobs = jobs;
    }

    /// `POST /v1/files`.
    WebHandler upload() {
        return exchange -> forms.read(exchange.getRequest(), "file", (form, _) -> keep(new Ask(exchange), form))
                .flatMap(reply -> reply.write(exchange));
    }

    private JsonReply keep(Ask ask, Form form) throws IOException {
        var purpose = form.fields().path("purpose").asString("");
        if (!purpose.equals("batch")) {
            throw Failure.BadRequest.inField("purpose", "'purpose' is \"batch\"; other files have no use here.")
                    .asException();
        }
        var incoming = form.file()
                .orElseThrow(() -> Failure.BadRequest.inField("file", "The form has no part 'file'.")
                        .asException());
        Refusals.requireStorable("file", form.fileName());
        var file = files.keep(StoredFile.newId(), ask.tenant().id(), purpose, form.fileName(), incoming);
        return JsonReply.ok(file.json());
    }

    /// `GET /v1/files`.
    WebHandler list() {
        return threads.handler(ask -> {
            int limit = ask.limit(PAGE);
            var page = files.list(ask.tenant().id(), ask.query("after").orElse(""), limit + 1);
            var json = JSON.createObjectNode().put("object", "list").put("has_more", page.size() > limit);
            var data = json.putArray("data");
            page.stream()
                    .limit(limit)
                    .filter(file -> file.isFor(ask.query("purpose")))
                    .forEach(file -> data.add(file.json()));
            return JsonReply.ok(json);
        });
    }

    /// `GET /v1/files/{id}`.
    WebHandler look() {
        return threads.handler(ask -> JsonReply.ok(find(ask).json()));
    }

    /// `DELETE /v1/files/{id}`. A batch reads its file again when it writes its results, so it stays
    /// until then.
    WebHandler delete() {
        return threads.handler(ask -> {
            var file = find(ask);
            batchOf(file).ifPresent(batch -> {
                throw Refusals.conflict(
                        "file_in_use",
                        "The file '%s' cannot be deleted: the batch '%s' uses it and is not over. Wait for its end, or cancel it."
                                .formatted(file.id(), batch.id()));
            });
            files.delete(file);
            return JsonReply.ok(JSON.createObjectNode()
                    .put("id", file.id())
                    .put("object", "file")
                    .put("deleted", true));
        });
    }

    /// A batch that is not over and has this file for its input, if there is one.
    private Optional<Job<BatchSpec>> batchOf(StoredFile file) {
        return jobs.active(BatchSpec.KIND).stream()
                .filter(job -> job.tenant().equals(file.tenant()))
                .filter(job -> job.data().inputFile().equals(file.id()))
                .findFirst();
    }

    /// `GET /v1/files/{id}/content`.
    WebHandler content() {
        return exchange -> threads.wait(() -> find(new Ask(exchange))).flatMap(file -> {
            var response = exchange.getResponse();
            response.getHeaders().setContentType(MediaType.APPLICATION_OCTET_STREAM);
            response.getHeaders().setContentLength(file.bytes());
            return response.writeWith(
                    threads.stream(DataBufferUtils.read(files.path(file), response.bufferFactory(), CHUNK_BYTES)));
        });
    }

    private StoredFile find(Ask ask) {
        return files.find(ask.tenant().id(), ask.id());
    }
}
