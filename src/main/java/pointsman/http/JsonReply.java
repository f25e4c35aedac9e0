package pointsman.http;

import java.util.Map;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// A small JSON answer.
///
/// @param headers of the answer besides its type
/// @param body a tree, or maps and lists
public record JsonReply(HttpStatus status, Map<String, String> headers, Object body) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public static JsonReply ok(Object body) {
        return new JsonReply(HttpStatus.OK, Map.of(), body);
    }

    /// A handler that answers with what is there at once.
    public static WebHandler handler(Function<ServerWebExchange, JsonReply> reply) {
        return exchange -> Mono.defer(() -> reply.apply(exchange).write(exchange));
    }

    public Mono<Void> write(ServerWebExchange exchange) {
        var response = exchange.getResponse();
        response.setStatusCode(status);
        headers.forEach(response.getHeaders()::set);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(JSON.writeValueAsBytes(body))));
    }
}
