package pointsman.access;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import pointsman.failure.Failure;
import reactor.core.publisher.Mono;

/// The only door. Whoever comes in has a tenant; only the two health routes are open. What is not known to be
/// open is
/// closed, so a new route cannot be forgotten here.
public final class TenantFilter implements WebFilter, Ordered {
    /// The name of the header that tells a client its request's id.
    public static final String REQUEST_ID = "x-pointsman-request-id";

    private static final String TENANT = TenantFilter.class.getName() + ".tenant";
    private static final Set<String> OPEN = Set.of("/healthz", "/readyz");
    private static final String BEARER = "Bearer ";
    private static final String API_KEY = "x-api-key";

    private final Tenants tenants;

    /// @param tenants who may come in
    public TenantFilter(Tenants tenants) {
        this.tenants = tenants;
    }

    /// The tenant of a request that came through the door.
    public static Tenant tenantOf(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(TENANT);
    }

    /// The id that the door gave to a request.
    public static String requestIdOf(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getResponse().getHeaders().getFirst(REQUEST_ID))
                .orElse("");
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().set(REQUEST_ID, UUID.randomUUID().toString());
        if (OPEN.contains(exchange.getRequest().getURI().getRawPath()) || isManagement(exchange)) {
            return chain.filter(exchange);
        }
        var keys = keys(exchange.getRequest().getHeaders());
        if (keys.size() > 1) {
            return Mono.error(twoKeys().asException());
        }
        var tenant = tenants.byKey(String.join("", keys));
        if (tenant.isEmpty()) {
            return Mono.error(new Failure.InvalidKey().asException());
        }
        exchange.getAttributes().put(TENANT, tenant.get());
        return chain.filter(exchange);
    }

    /// The management server is another server on a port of its own. It does not serve tenants, and stays on
    /// loopback.
    private static boolean isManagement(ServerWebExchange exchange) {
        return WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management");
    }

    private static Failure twoKeys() {
        return new Failure.BadRequest(
                "two_api_keys",
                "`Authorization` and `x-api-key` carry different keys. Send one of them.",
                Optional.empty());
    }

    /// The keys that a request shows, each once: OpenAI's clients send a bearer token, Anthropic's `x-api-key`.
    private static Set<String> keys(HttpHeaders headers) {
        var bearers = headers.getOrEmpty(HttpHeaders.AUTHORIZATION).stream()
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()));
        return Stream.concat(bearers, headers.getOrEmpty(API_KEY).stream())
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .collect(Collectors.toSet());
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
