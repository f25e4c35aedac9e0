package pointsman.chat;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.access.TenantFilter;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import reactor.core.publisher.Mono;

/// `POST /v1/chat/completions`: the route names the dialect, the dialect reads the body, the gateway answers.
final class ChatEndpoint implements WebHandler {
    private final BodyReader bodies;
    private final Dialects dialects;
    private final ChatGateway gateway;
    private final AnswerWriter writer;

    ChatEndpoint(BodyReader bodies, Dialects dialects, ChatGateway gateway, AnswerWriter writer) {
        this.bodies = bodies;
        this.dialects = dialects;
        this.gateway = gateway;
        this.writer = writer;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var arrivedNanos = System.nanoTime();
        var tenant = TenantFilter.tenantOf(exchange);
        var id = TenantFilter.requestIdOf(exchange);
        return bodies.read(exchange.getRequest())
                .map(body -> dialects.read(Dialect.OPENAI_CHAT, body))
                .map(request -> gateway.answer(new Call(id, tenant, request, arrivedNanos)))
                .flatMap(replies -> writer.write(exchange.getResponse(), replies));
    }
}
