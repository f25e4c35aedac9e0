package pointsman.http;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.failure.Failure;
import reactor.core.publisher.Mono;

/// The handlers of one path by method; other methods are refused with a 405 that names these. A HEAD is a GET whose
/// body the server leaves out.
public record Methods(Map<HttpMethod, WebHandler> handlers) implements WebHandler {
    public Methods {
        handlers = new TreeMap<>(handlers);
    }

    /// One method alone.
    public static Methods only(HttpMethod method, WebHandler handler) {
        return new Methods(Map.of(method, handler));
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var method = exchange.getRequest().getMethod();
        var handler = handlers.get(method.equals(HttpMethod.HEAD) ? HttpMethod.GET : method);
        return handler == null ? notAllowed(exchange) : handler.handle(exchange);
    }

    private Mono<Void> notAllowed(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().setAllow(handlers.keySet());
        var names = handlers.keySet().stream().map(HttpMethod::name).toList();
        return Mono.error(new Failure.NoSuchRoute(
                        405,
                        "method_not_allowed",
                        "%s takes %s only."
                                .formatted(exchange.getRequest().getPath().value(), String.join(" and ", names)))
                .asException());
    }
}
