package pointsman.http;

import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.failure.Failure;
import reactor.core.publisher.Mono;

/// Lets one method through to a handler and refuses the others with a 405.
public record MethodOnly(HttpMethod method, WebHandler handler) implements WebHandler {
    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        if (request.getMethod().equals(method) || isHeadOfGet(request.getMethod())) {
            return handler.handle(exchange);
        }
        exchange.getResponse().getHeaders().setAllow(Set.of(method));
        return Mono.error(new Failure.NoSuchRoute(
                        405,
                        "method_not_allowed",
                        "%s takes %s only.".formatted(request.getPath().value(), method))
                .asException());
    }

    /// A HEAD is a GET whose body the server leaves out.
    private boolean isHeadOfGet(HttpMethod asked) {
        return asked.equals(HttpMethod.HEAD) && method.equals(HttpMethod.GET);
    }
}
