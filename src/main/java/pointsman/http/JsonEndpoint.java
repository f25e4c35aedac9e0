package pointsman.http;

import java.util.Map;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// Answers with a small JSON object that is there at once.
public final class JsonEndpoint implements WebHandler {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Function<ServerWebExchange, Content> content;

    public JsonEndpoint(Function<ServerWebExchange, Content> content) {
        this.content = content;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        return Mono.defer(() -> answer(exchange));
    }

    private Mono<Void> answer(ServerWebExchange exchange) {
        var answer = content.apply(exchange);
        var response = exchange.getResponse();
        response.setStatusCode(answer.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(JSON.writeValueAsBytes(answer.body()))));
    }

    /// A status and the fields of the body.
    public record Content(HttpStatus status, Map<String, Object> body) {
        public static Content ok(Map<String, Object> body) {
            return new Content(HttpStatus.OK, body);
        }
    }
}
