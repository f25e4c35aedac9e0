package pointsman.chat;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.Operation;
import pointsman.http.BodyReader;
import pointsman.http.TenantFilter;
import reactor.core.publisher.Mono;

/// A route that asks a model: the route names dialect and operation, the dialect reads the body, the gateway
/// answers.
final class ChatEndpoint implements WebHandler {
    private final Dialect dialect;
    private final Operation operation;
    private final Shared shared;

    ChatEndpoint(Dialect dialect, Operation operation, Shared shared) {
        this.dialect = dialect;
        this.operation = operation;
        this.shared = shared;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var arrivedNanos = System.nanoTime();
        return shared.bodies()
                .json(exchange, shared.limits(), body -> call(exchange, body, arrivedNanos))
                .flatMap(call -> shared.gateway()
                        .answer(call)
                        .flatMap(answer ->
                                shared.writer().write(exchange, call.request().model(), answer)));
    }

    private Call call(ServerWebExchange exchange, byte[] body, long arrivedNanos) {
        var headers = RequestHeaders.passedOn(dialect, exchange.getRequest().getHeaders());
        return new Call(
                TenantFilter.requestIdOf(exchange),
                shared.targets()
                        .of(
                                TenantFilter.tenantOf(exchange),
                                exchange.getRequest().getHeaders()),
                shared.dialects().read(dialect, operation, body),
                headers,
                Wishes.of(
                        exchange.getRequest().getHeaders(),
                        TenantFilter.tenantOf(exchange).heldWords()),
                arrivedNanos);
    }

    /// What all of these routes share.
    record Shared(
            BodyReader bodies,
            BodyReader.Limits limits,
            Dialects dialects,
            RequestTarget targets,
            ChatGateway gateway,
            ResponseWriter writer) {}
}
