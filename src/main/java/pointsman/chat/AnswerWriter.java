package pointsman.chat;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import pointsman.failure.BareError;
import pointsman.failure.Failure;
import pointsman.failure.FailureBody;
import pointsman.failure.FailureException;
import pointsman.fleet.AnswerPart;
import pointsman.http.ErrorShapes;
import pointsman.http.TenantFilter;
import pointsman.route.ModelNames;
import pointsman.usage.Ledger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Writes an answer as it comes. Until its first part is there nothing is written, so that a failure can still have
/// its own status; after that a stream that breaks ends with an error event, and never with `[DONE]`.
final class AnswerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);

    private final Ledger ledger;
    private final ModelNames models;

    AnswerWriter(Ledger ledger, ModelNames models) {
        this.ledger = ledger;
        this.models = models;
    }

    /// Writes the replies to the client, headers first.
    ///
    /// @param asked the model as the client named it
    Mono<Void> write(ServerWebExchange exchange, String asked, Flux<Reply> replies) {
        return replies.<Void>switchOnFirst((signal, all) -> {
                    var first = signal.get();
                    return first == null ? all.then() : begin(exchange, asked, first, all);
                })
                .then();
    }

    private Mono<Void> begin(ServerWebExchange exchange, String asked, Reply first, Flux<Reply> all) {
        var response = exchange.getResponse();
        tellDecision(response.getHeaders(), first);
        if (models.isImplied(asked)) {
            response.getHeaders().set("x-pointsman-requested-model", asked);
        }
        var bytes = all.map(reply -> reply.part().bytes());
        return switch (first.part()) {
            case AnswerPart.Whole whole -> {
                response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
                response.getHeaders().setContentLength(whole.bytes().length);
                yield response.writeWith(bytes.map(body -> buffer(response, body)));
            }
            case AnswerPart.Events _ -> {
                response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
                response.getHeaders().setCacheControl("no-cache");
                yield response.writeAndFlushWith(bytes.onErrorResume(error -> errorEvent(exchange, error))
                        .map(event -> Mono.just(buffer(response, event))));
            }
        };
    }

    private void tellDecision(HttpHeaders headers, Reply reply) {
        var grounds = reply.grounds();
        headers.set("x-pointsman-tier", reply.upstream().name());
        headers.set("x-pointsman-model", reply.upstream().model());
        headers.set("x-pointsman-reason", grounds.reason());
        grounds.score().ifPresent(score -> headers.set("x-pointsman-score", probability(score)));
        grounds.threshold().ifPresent(threshold -> headers.set("x-pointsman-threshold", probability(threshold)));
        if (!reply.part().dropped().isEmpty()) {
            headers.set("x-pointsman-dropped", String.join(", ", reply.part().dropped()));
        }
        if (reply.part() instanceof AnswerPart.Whole) {
            headers.set(
                    "x-pointsman-cost-micros",
                    Long.toString(ledger.costMicros(reply.upstream().name(), reply.usage())));
        }
    }

    private static String probability(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static DataBuffer buffer(ServerHttpResponse response, byte[] bytes) {
        return response.bufferFactory().wrap(bytes);
    }

    private static Mono<byte[]> errorEvent(ServerWebExchange exchange, Throwable error) {
        // So Reactor tells us that nobody takes what is written: the client has left, and there is nobody to tell.
        if (error instanceof CancellationException) {
            return Mono.empty();
        }
        var shape = ErrorShapes.of(exchange.getRequest());
        return Mono.just(FailureBody.event(shape, failure(error), TenantFilter.requestIdOf(exchange)));
    }

    private static Failure failure(Throwable error) {
        if (error instanceof FailureException known) {
            return known.failure();
        }
        LOG.error("an answer broke off", BareError.of(error));
        return new Failure.Unexpected();
    }
}
