package pointsman.batch;

import java.util.HashMap;
import java.util.Map;
import org.springframework.web.server.WebHandler;
import pointsman.access.Tenant;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.http.Ask;
import pointsman.http.FormReader;
import pointsman.http.JsonReply;
import pointsman.http.WorkThreads;
import pointsman.job.Endpoint;
import pointsman.job.Ids;
import pointsman.job.Job.Kind;
import pointsman.job.Job;
import pointsman.job.JobProperties;
import pointsman.job.JobStore;
import pointsman.job.LaneStore;
import pointsman.job.PolicyText;
import pointsman.job.Refusals;
import pointsman.job.Signal;
import pointsman.job.StoredFiles;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// OpenAI's `/v1/batches`.
final class BatchRoutes {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PAGE = 20;
    private static final int MOST_METADATA = 16;
    private static final int LONGEST_METADATA = 512;

    private final FormReader forms;
    private final WorkThreads desk;
    private final JobStore jobs;
    private final LaneStore lanes;
    private final StoredFiles files;
    private final Signal doorbell;
    private final JobProperties properties;

    BatchRoutes(
            FormReader forms,
            WorkThreads desk,
            JobStore jobs,
            LaneStore lanes,
            StoredFiles files,
            Signal doorbell,
            JobProperties properties) {
        this.forms = forms;
        this.desk = desk;
        this.jobs = jobs;
        this.lanes = lanes;
        this.files = files;
        this.doorbell = doorbell;
        this.properties = properties;
    }

    /// `POST /v1/batches`.
    WebHandler create() {
        return exchange -> forms.readJson(exchange.getRequest(), (form, _) -> create(new Ask(exchange), form.fields()))
                .switchIfEmpty(Mono.error(() -> bad("body", "A batch is a JSON object.")))
                .flatMap(reply -> reply.write(exchange));
    }

    private JsonReply create(Ask ask, JsonNode asked) {
        var file = asked.path("input_file_id").asString("");
        var endpoint = asked.path("endpoint").asString("");
        var window = asked.path("completion_window").asString("");
        if (Endpoint.of(endpoint).isEmpty()) {
            throw bad("endpoint", "'endpoint' is one of %s.".formatted(Endpoint.paths()));
        }
        if (!window.equals("24h")) {
            throw bad("completion_window", "'completion_window' is \"24h\".");
        }
        if (!files.find(ask.tenant().id(), file).purpose().equals("batch")) {
            throw bad("input_file_id", "The file '%s' was not uploaded for the purpose \"batch\".".formatted(file));
        }
        var spec = spec(ask.tenant(), file, endpoint, window, metadata(asked.path("metadata")));
        var _ = spec.orders();
        var order = new JobStore.Order(
                Kind.BATCH.newId(),
                Kind.BATCH,
                ask.tenant().id(),
                ask.idempotencyKey(),
                Ids.hash(asked.toString()),
                spec.text(),
                0);
        var job = jobs.create(order, properties.limits().jobs());
        doorbell.ring();
        return JsonReply.ok(view(job));
    }

    private static BatchSpec spec(
            Tenant tenant, String file, String endpoint, String window, Map<String, String> metadata) {
        return new BatchSpec(file, endpoint, window, metadata, PolicyText.of(tenant.policy()), tenant.models());
    }

    private static Map<String, String> metadata(JsonNode json) {
        var metadata = new HashMap<String, String>();
        json.properties()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString("")));
        var isTooLong = metadata.values().stream().anyMatch(value -> value.length() > LONGEST_METADATA);
        if (metadata.size() > MOST_METADATA || isTooLong) {
            throw bad(
                    "metadata",
                    "'metadata' has at most %d texts of at most %d characters."
                            .formatted(MOST_METADATA, LONGEST_METADATA));
        }
        return metadata;
    }

    /// `GET /v1/batches`.
    WebHandler list() {
        return desk.handler(ask -> {
            int limit = ask.limit(PAGE);
            var page =
                    jobs.list(Kind.BATCH, ask.tenant().id(), ask.query("after").orElse(""), limit + 1);
            var shown = page.subList(0, Math.min(limit, page.size()));
            var json = JSON.createObjectNode().put("object", "list").put("has_more", page.size() > limit);
            if (!shown.isEmpty()) {
                json.put("first_id", shown.getFirst().id())
                        .put("last_id", shown.getLast().id());
            }
            var data = json.putArray("data");
            shown.forEach(job -> data.add(view(job)));
            return JsonReply.ok(json);
        });
    }

    /// `GET /v1/batches/{id}`.
    WebHandler look() {
        return desk.handler(ask -> JsonReply.ok(view(find(ask))));
    }

    /// `POST /v1/batches/{id}/cancel`.
    WebHandler cancel() {
        return desk.handler(ask -> {
            var job = find(ask);
            if (job.state().isOver()) {
                throw Refusals.conflict(
                        "batch_is_over",
                        "The batch '%s' cannot be cancelled: it is %s."
                                .formatted(job.id(), job.state().label()));
            }
            jobs.cancel(job.id(), "");
            doorbell.ring();
            return JsonReply.ok(view(find(ask)));
        });
    }

    private Job find(Ask ask) {
        return jobs.find(Kind.BATCH, ask.tenant().id(), ask.id());
    }

    private JsonNode view(Job job) {
        return new BatchView(job, BatchSpec.of(job.spec()), lanes.progress(job.id()), properties.maxAge())
                .json(id -> files.look(job.tenant(), id).isPresent());
    }

    private static FailureException bad(String field, String message) {
        return Failure.BadRequest.inField(field, message).asException();
    }
}
