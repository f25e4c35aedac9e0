package pointsman.chat;

import io.netty.buffer.Unpooled;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import pointsman.failure.BareError;
import pointsman.failure.Failure;
import pointsman.failure.FailureBody;
import pointsman.failure.FailureException;
import pointsman.fleet.AnswerPart;
import pointsman.http.ErrorShapes;
import pointsman.http.TenantFilter;
import pointsman.route.ModelNames;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/// Writes an answer as it comes. Until its first part is there nothing is written, so that a failure can
/// still have its own status; after that a stream that breaks ends with an error event, and never with
/// `[DONE]`.
final class ResponseWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);

    private final ModelNames models;

    ResponseWriter(ModelNames models) {
        this.models = models;
    }

    /// Writes an answer to the client, headers first.
    ///
    /// @param asked the model as the client named it
    Mono<Void> write(ServerWebExchange exchange, String asked, Answer answer) {
        var response = exchange.getResponse();
        tellChoice(response.getHeaders(), answer);
        if (models.isImplied(asked)) {
            response.getHeaders().set("x-pointsman-requested-model", asked);
        }
        return switch (answer.first()) {
            case AnswerPart.Whole whole -> writeWhole(exchange, answer, whole);
            case AnswerPart.Events _ -> writeEvents(exchange, answer);
        };
    }

    private Mono<Void> writeWhole(ServerWebExchange exchange, Answer answer, AnswerPart.Whole whole) {
        var response = exchange.getResponse();
        var cost = answer.choice().model().price().cost(whole.usageOf(answer.promptBytes()));
        response.getHeaders()
                .set("x-pointsman-cost-micros", cost.isPresent() ? Long.toString(cost.getAsLong()) : "unknown");
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(whole.bytes().length);
        return response.writeWith(answer.parts().map(part -> buffer(response, part.bytes())));
    }

    /// Straight to the server's own response, each part flushed as it comes: what Spring offers for that
    /// takes a publisher for each of them, which costs more than all else that happens to an event here.
    private static Mono<Void> writeEvents(ServerWebExchange exchange, Answer answer) {
        var headers = exchange.getResponse().getHeaders();
        headers.setContentType(MediaType.TEXT_EVENT_STREAM);
        headers.setCacheControl("no-cache");
        HttpServerResponse wire = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        var events = answer.parts()
                .map(AnswerPart::bytes)
                .onErrorResume(error -> errorEvent(exchange, error))
                .map(Unpooled::wrappedBuffer);
        return wire.send(events, _ -> true).then();
    }

    private static void tellChoice(HttpHeaders headers, Answer answer) {
        var choice = answer.choice();
        var grounds = choice.grounds();
        headers.set("x-pointsman-tier", choice.model().name());
        headers.set("x-pointsman-model", answer.modelId());
        answer.deployment().ifPresent(name -> headers.set("x-pointsman-deployment", name));
        headers.set("x-pointsman-reason", grounds.reason());
        grounds.score().ifPresent(score -> headers.set("x-pointsman-score", probability(score)));
        grounds.threshold().ifPresent(threshold -> headers.set("x-pointsman-threshold", probability(threshold)));
        if (!answer.dropped().isEmpty()) {
            headers.set("x-pointsman-dropped", String.join(", ", answer.dropped()));
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
