package pointsman.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.web.server.WebHandler;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.http.Ask;
import pointsman.http.FormReader;
import pointsman.http.JsonReply;
import pointsman.http.WorkThreads;
import pointsman.job.Endpoint;
import pointsman.job.Ids;
import pointsman.job.Job;
import pointsman.job.Refusals;
import pointsman.job.StopReason;
import pointsman.job.store.JobStore;
import pointsman.job.store.JobStores;
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
    private final WorkThreads threads;
    private final JobStores stores;
    private final Duration maxAge;

    /// @param maxAge after which a batch expires
    BatchRoutes(FormReader forms, WorkThreads threads, JobStores stores, Duration maxAge) {
        this.forms = forms;
        this.threads = threads;
        this.stores = stores;
        this.maxAge = maxAge;
    }

    /// `POST /v1/batches`.
    WebHandler create() {
        return exchange -> forms.readJson(exchange.getRequest(), (form, _) -> create(new Ask(exchange), form.fields()))
                .switchIfEmpty(Mono.error(() -> bad("body", "A batch is a JSON object.")))
                .flatMap(reply -> reply.write(exchange));
    }

    private JsonReply create(Ask ask, JsonNode asked) {
        var file = asked.path("input_file_id").asString("");
        var endpoint = Endpoint.of(asked.path("endpoint").asString(""))
                .orElseThrow(() -> bad("endpoint", "'endpoint' is one of %s.".formatted(Endpoint.paths())));
        var window = asked.path("completion_window").asString("");
        if (!window.equals("24h")) {
            throw bad("completion_window", "'completion_window' is \"24h\".");
        }
        if (!stores.files().find(ask.tenant().id(), file).purpose().equals("batch")) {
            throw bad("input_file_id", "The file '%s' was not uploaded for the purpose \"batch\".".formatted(file));
        }
        var tenant = ask.tenant();
        var metadata = metadata(asked.path("metadata"));
        var spec = new BatchSpec(file, endpoint, window, metadata, tenant);
        var _ = spec.orders();
        var order = new JobStore.Order<>(
                BatchSpec.KIND,
                BatchSpec.KIND.newId(),
                tenant.id(),
                ask.idempotencyKey(),
                Ids.hash(asked.toString()),
                spec,
                0);
        var job = stores.jobs().create(order);
        stores.signal().raise();
        return JsonReply.ok(view(job));
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
        return threads.handler(ask -> {
            int limit = ask.limit(PAGE);
            var page = stores.jobs()
                    .list(BatchSpec.KIND, ask.tenant().id(), ask.query("after").orElse(""), limit + 1);
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
        return threads.handler(ask -> JsonReply.ok(view(find(ask))));
    }

    /// `POST /v1/batches/{id}/cancel`.
    WebHandler cancel() {
        return threads.handler(ask -> {
            var job = find(ask);
            if (job.state().isOver()) {
                throw Refusals.conflict(
                        "batch_is_over",
                        "The batch '%s' cannot be cancelled: it is %s."
                                .formatted(job.id(), job.state().label()));
            }
            stores.jobs().cancel(job.id(), new StopReason.None());
            stores.signal().raise();
            return JsonReply.ok(view(find(ask)));
        });
    }

    private Job<BatchSpec> find(Ask ask) {
        return stores.jobs().find(BatchSpec.KIND, ask.tenant().id(), ask.id());
    }

    private JsonNode view(Job<BatchSpec> job) {
        return new BatchView(job, stores.lanes().progress(job.id()), maxAge)
                .json(id -> stores.files().look(job.tenant(), id).isPresent());
    }

    private static FailureException bad(String field, String message) {
        return Failure.BadRequest.inField(field, message).asException();
    }
}
