package pointsman.tablejob;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.failure.Failure;
import pointsman.http.Ask;
import pointsman.http.JsonReply;
import pointsman.http.WorkThreads;
import pointsman.job.Job;
import pointsman.job.Job.Kind;
import pointsman.job.JobState;
import pointsman.job.JobStore;
import pointsman.job.LaneSender;
import pointsman.job.LaneStore;
import pointsman.job.Signal;
import pointsman.job.UnreadLimit;
import pointsman.job.Uploads;
import pointsman.table.TableMemory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What one can do with table jobs that there are: list, look, watch, take the results, cancel, forget.
public final class TableJobRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(TableJobRoutes.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(1);
    private static final int PAGE = 20;

    private final WorkThreads desk;
    private final JobStore jobs;
    private final LaneStore lanes;
    private final Results results;
    private final Uploads uploads;
    private final TableMemory memory;
    private final Signal doorbell;
    private final LaneSender sender;
    private final Duration unread;

    public TableJobRoutes(
            WorkThreads desk,
            JobStore jobs,
            LaneStore lanes,
            Results results,
            Uploads uploads,
            TableMemory memory,
            Signal doorbell,
            LaneSender sender,
            Duration unread) {
        this.desk = desk;
        this.jobs = jobs;
        this.lanes = lanes;
        this.results = results;
        this.uploads = uploads;
        this.memory = memory;
        this.doorbell = doorbell;
        this.sender = sender;
        this.unread = unread;
    }

    /// `GET /v1/table-jobs`.
    public WebHandler list() {
        return desk.handler(ask -> {
            int limit = ask.limit(PAGE);
            var page =
                    jobs.list(Kind.TABLE, ask.tenant().id(), ask.query("after").orElse(""), limit + 1);
            var shown = page.subList(0, Math.min(limit, page.size()));
            var json = JSON.createObjectNode().put("object", "list").put("has_more", page.size() > limit);
            var data = json.putArray("data");
            shown.forEach(job -> data.add(view(job)));
            return JsonReply.ok(json);
        });
    }

    /// `GET /v1/table-jobs/{id}`.
    public WebHandler look() {
        return desk.handler(ask -> JsonReply.ok(view(find(ask))));
    }

    /// `DELETE /v1/table-jobs/{id}`: cancels a job that is not over, and forgets one that is.
    public WebHandler delete() {
        return desk.handler(ask -> {
            var job = find(ask);
            if (job.state().isOver()) {
                uploads.delete(job.id(), () -> jobs.delete(job.id()));
                return JsonReply.ok(JSON.createObjectNode().put("id", job.id()).put("deleted", true));
            }
            jobs.cancel(job.id(), "");
            doorbell.ring();
            return JsonReply.ok(view(find(ask)));
        });
    }

    /// `GET /v1/table-jobs/{id}/events`: the job's state whenever it has changed, until it is over. A gateway that is
    /// stopping takes no job to its end, so nobody is kept waiting for that.
    public WebHandler watch() {
        return exchange -> desk.wait(() -> find(new Ask(exchange)))
                .flatMap(job -> events(
                        exchange,
                        Flux.interval(Duration.ZERO, BETWEEN_EVENTS)
                                .onBackpressureDrop()
                                .concatMap(_ -> desk.wait(() -> view(jobs.get(job.id()))), 1)
                                .takeUntil(view -> isOver(view) || sender.isStopping())
                                .distinctUntilChanged()));
    }

    private static Mono<Void> events(ServerWebExchange exchange, Flux<ObjectNode> views) {
        var response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().setCacheControl("no-cache");
        return response.writeAndFlushWith(views.map(
                        view -> "event: %s\ndata: %s\n\n".formatted(isOver(view) ? "done" : "progress", view))
                .map(text -> Mono.just(utf8(response.bufferFactory(), text))));
    }

    private static DataBuffer utf8(DataBufferFactory factory, String text) {
        return factory.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isOver(ObjectNode view) {
        return JobState.of(view.path("state").asString()).isOver();
    }

    /// `GET /v1/table-jobs/{id}/results`: what is answered so far, in the order of the rows.
    public WebHandler results() {
        return exchange -> Mono.using(
                () -> memory.open(new Ask(exchange).tenant().id()),
                held -> desk.compute(() -> open(new Ask(exchange), held))
                        .flatMap(document -> write(document, exchange.getResponse())),
                TableMemory.Share::close);
    }

    private Results.Document open(Ask ask, TableMemory.Share held) {
        return results.open(
                find(ask), format(ask), ask.query("columns").orElse("none").equals("all"), held);
    }

    private Mono<Void> write(Results.Document document, ServerHttpResponse response) {
        response.getHeaders().setContentType(document.type());
        response.getHeaders().set("content-disposition", "attachment; filename=\"%s\"".formatted(document.name()));
        var pieces = desk.stream(document.pieces());
        return response.writeWith(UnreadLimit.on(pieces, unread, () -> breakOff(document, response))
                .map(response.bufferFactory()::wrap));
    }

    /// What is written already waits for the client, too; it goes with the connection alone.
    private static void breakOff(Results.Document document, ServerHttpResponse response) {
        HttpServerResponse wire = ServerHttpResponseDecorator.getNativeResponse(response);
        wire.withConnection(connection -> {
            if (connection.channel().isActive()) {
                LOG.warn("{} is broken off: its client takes nothing of it", document.name());
                var _ = connection.channel().close();
            }
        });
    }

    private static Results.Format format(Ask ask) {
        var word = ask.query("format").orElse("jsonl");
        return switch (word) {
            case "csv" -> Results.Format.CSV;
            case "jsonl" -> Results.Format.JSONL;
            case "parquet" -> Results.Format.PARQUET;
            default ->
                throw Failure.BadRequest.inField(
                                "format", "'format' is csv, jsonl or parquet, not '%s'.".formatted(word))
                        .asException();
        };
    }

    private Job find(Ask ask) {
        return jobs.find(Kind.TABLE, ask.tenant().id(), ask.id());
    }

    private ObjectNode view(Job job) {
        return new TableJobView(job, lanes.progress(job.id())).json();
    }
}
