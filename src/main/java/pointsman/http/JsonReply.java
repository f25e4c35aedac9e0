package pointsman.http;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A small JSON answer.
///
/// @param headers of the answer besides its type
public record JsonReply(HttpStatus status, Map<String, String> headers, JsonNode body) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public static JsonReply ok(JsonNode body) {
        return new JsonReply(HttpStatus.OK, Map.of(), body);
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
