package pointsman.surface;

import java.util.concurrent.CancellationException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import pointsman.failure.FailureBody;
import pointsman.failure.FailureException;
import pointsman.fleet.RawPart;
import pointsman.http.ErrorShapes;
import pointsman.http.TenantFilter;
import pointsman.route.ModelNames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Writes an answer as it comes, each piece flushed. One of events that breaks ends with an error
/// event; any other that breaks is cut, for its bytes have no place for words.
final class SurfaceWriter {
    private final ModelNames names;

    SurfaceWriter(ModelNames names) {
        this.names = names;
    }

    /// @param asked the model as the client named it
    Mono<Void> write(ServerWebExchange exchange, String asked, SurfaceAnswer answer) {
        var response = exchange.getResponse();
        var head = answer.head();
        response.setStatusCode(HttpStatusCode.valueOf(head.status()));
        tellChoice(response.getHeaders(), answer);
        if (names.isImplied(asked)) {
            response.getHeaders().set("x-pointsman-requested-model", asked);
        }
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, head.contentType());
        if (head.isEvents()) {
            response.getHeaders().setCacheControl("no-cache");
        }
        var pieces = answer.parts().map(RawPart::bytes);
        var told = head.isEvents() ? pieces.onErrorResume(error -> errorEvent(exchange, error)) : pieces;
        return head.isJson()
                ? response.writeWith(told.map(bytes -> counted(response.getHeaders(), buffer(exchange, bytes))))
                : response.writeAndFlushWith(told.map(bytes -> Flux.just(buffer(exchange, bytes))));
    }

    private static DataBuffer buffer(ServerWebExchange exchange, byte[] bytes) {
        return exchange.getResponse().bufferFactory().wrap(bytes);
    }

    /// All of it is in this one.
    private static DataBuffer counted(HttpHeaders headers, DataBuffer whole) {
        headers.setContentLength(whole.readableByteCount());
        return whole;
    }

    private static void tellChoice(HttpHeaders headers, SurfaceAnswer answer) {
        headers.set("x-pointsman-tier", answer.choice().model().name());
        headers.set("x-pointsman-model", answer.modelId());
        headers.set("x-pointsman-reason", answer.choice().grounds().reason());
        answer.deployment().ifPresent(name -> headers.set("x-pointsman-deployment", name));
        if (answer.head().isJson()) {
            var cost = answer.cost();
            headers.set("x-pointsman-cost-micros", cost.isPresent() ? Long.toString(cost.getAsLong()) : "unknown");
        }
    }

    private static Flux<byte[]> errorEvent(ServerWebExchange exchange, Throwable error) {
        if (error instanceof CancellationException) {
            return Flux.empty();
        }
        return error instanceof FailureException known
                ? Flux.just(FailureBody.event(
                        ErrorShapes.of(exchange.getRequest()), known.failure(), TenantFilter.requestIdOf(exchange)))
                : Flux.error(error);
    }
}
