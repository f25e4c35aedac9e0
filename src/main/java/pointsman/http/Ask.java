package pointsman.http;

import java.util.Map;
import java.util.Optional;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import pointsman.access.Tenant;
import pointsman.failure.Failure;

/// A request to one of this room's routes.
///
/// @param exchange its wire
public record Ask(ServerWebExchange exchange) {
    private static final int MOST_PER_PAGE = 100;
    private static final int LONGEST_KEY = 255;

    public Tenant tenant() {
        return TenantFilter.tenantOf(exchange);
    }

    /// The id in its path.
    public String id() {
        Map<String, String> variables = exchange.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables.getOrDefault("id", "");
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(exchange.getRequest().getQueryParams().getFirst(name));
    }

    /// The length of a page that a list is asked for.
    public int limit(int otherwise) {
        var text = query("limit").orElse(Integer.toString(otherwise));
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1) {
            throw Failure.BadRequest.inField("limit", "'limit' is a whole number from 1 on.")
                    .asException();
        }
        return Math.min(Integer.parseInt(text), MOST_PER_PAGE);
    }

    /// The client's own word for what it asks; empty if it gave none.
    public String idempotencyKey() {
        var key = header("Idempotency-Key");
        if (key.length() > LONGEST_KEY) {
            throw Failure.BadRequest.inField(
                            "Idempotency-Key",
                            "An Idempotency-Key has at most %d characters; this one has %d."
                                    .formatted(LONGEST_KEY, key.length()))
                    .asException();
        }
        return key;
    }

    String header(String name) {
        return Optional.ofNullable(exchange.getRequest().getHeaders().getFirst(name))
                .orElse("");
    }
}
