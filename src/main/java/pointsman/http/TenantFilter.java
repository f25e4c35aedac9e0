package pointsman.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import pointsman.access.Tenant;
import pointsman.access.Tenants;
import pointsman.failure.Failure;
import reactor.core.publisher.Mono;

/// The only door. Whoever comes in has a tenant; only the two health routes are open. What is not known to
/// be open is closed, so a new route cannot be forgotten here. Where nobody needs a key, web pages stay
/// outside.
///
/// The management port has another door: what is not an endpoint of its own is not there.
public final class TenantFilter implements WebFilter, Ordered {
    /// The name of the header that tells a client its request's id.
    public static final String REQUEST_ID = "x-pointsman-request-id";

    private static final String TENANT = TenantFilter.class.getName() + ".tenant";
    private static final Set<String> OPEN = Set.of("/healthz", "/readyz");
    private static final String BEARER = "Bearer ";
    private static final String API_KEY = "x-api-key";

    private final Tenants tenants;
    private final PageGuard pages;
    private final BodyBudget bodies;
    private final ManagementDoor management;

    /// @param tenants who may come in
    /// @param pages which web pages may, where nobody needs a key
    /// @param bodies the memory that all may take
    /// @param management the management server's own door
    TenantFilter(Tenants tenants, PageGuard pages, BodyBudget bodies, ManagementDoor management) {
        this.tenants = tenants;
        this.pages = pages;
        this.bodies = bodies;
        this.management = management;
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
        if (isManagement(exchange)) {
            return manage(exchange, chain);
        }
        var request = exchange.getRequest();
        var isOpen = OPEN.contains(request.getURI().getRawPath());
        var refusal = tenants.isOpen() ? pages.refusal(request.getHeaders(), isOpen) : Optional.<Failure>empty();
        if (refusal.isPresent()) {
            return Mono.error(refusal.get().asException());
        }
        return isOpen ? chain.filter(exchange) : enter(exchange, chain);
    }

    private Mono<Void> enter(ServerWebExchange exchange, WebFilterChain chain) {
        var headers = exchange.getRequest().getHeaders();
        var keys = keys(headers);
        if (keys.size() > 1) {
            return Mono.error(twoKeys().asException());
        }
        var tenant = tenants.byKey(String.join("", keys));
        if (tenant.isEmpty()) {
            return Mono.error(Failure.Refused.invalidKey().asException());
        }
        ConnectionLimits.passes(exchange.getRequest());
        if (asksForWebSocket(headers)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.UPGRADE, "HTTP/1.1");
            return Mono.error(noWebSocket().asException());
        }
        exchange.getAttributes().put(TENANT, tenant.get());
        var claim = new BodyClaim(bodies, tenant.get().id());
        claim.attachTo(exchange);
        return chain.filter(exchange).doFinally(_ -> claim.release());
    }

    private Mono<Void> manage(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        return management
                .refusal(request)
                .map(refusal -> Mono.<Void>error(refusal.asException()))
                .orElseGet(() -> chain.filter(exchange)
                        .onErrorMap(
                                MethodNotAllowedException.class,
                                _ -> management.nothingAt(request).asException()));
    }

    private static boolean asksForWebSocket(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.UPGRADE).stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("websocket"));
    }

    private static Failure noWebSocket() {
        return new Failure.NoSuchRoute(
                426,
                "upgrade_required",
                "This gateway speaks no WebSocket. Upgrade to plain HTTP: POST the request, with \"stream\": true for events.");
    }

    /// The management server is another server on a port of its own. It does not serve tenants, and stays
    /// on loopback.
    private static boolean isManagement(ServerWebExchange exchange) {
        return WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management");
    }

    private static Failure twoKeys() {
        return new Failure.BadRequest(
                "two_api_keys",
                "`Authorization` and `x-api-key` carry different keys. Send one of them.",
                Optional.empty());
    }

    /// The keys that a request shows, each once: OpenAI's clients send a bearer token, Anthropic's
    /// `x-api-key`.
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
