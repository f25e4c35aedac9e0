package pointsman.http;

import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.failure.Failure;
import reactor.core.publisher.Mono;

/// The handlers of one path by method; other methods are refused with a 405. A HEAD is a GET whose body the
/// server leaves out.
public record Methods(Map<HttpMethod, WebHandler> handlers) implements WebHandler {
    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var method = request.getMethod().equals(HttpMethod.HEAD) ? HttpMethod.GET : request.getMethod();
        var handler = handlers.get(method);
        if (handler != null) {
            return handler.handle(exchange);
        }
        exchange.getResponse().getHeaders().setAllow(handlers.keySet());
        return Mono.error(new Failure.NoSuchRoute(
                        405,
                        "method_not_allowed",
                        "%s takes %s only.".formatted(request.getPath().value(), handlers.keySet()))
                .asException());
    }
}
