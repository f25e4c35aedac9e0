package pointsman.chat;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import pointsman.access.TenantFilter;
import pointsman.failure.Failure;
import pointsman.failure.FailureBody;
import pointsman.failure.FailureException;
import reactor.core.publisher.Mono;

/// Turns whatever ended a request into a status and a JSON body. Nothing else in the gateway writes an error.
final class FailureHandler implements WebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);
    private static final int BEFORE_SPRING = -10;

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(error);
        }
        var failure = failure(exchange, error);
        response.setStatusCode(HttpStatusCode.valueOf(failure.status()));
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        failure.retryAfter()
                .ifPresent(wait -> response.getHeaders()
                        .set(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(Math.max(1, Math.ceilDiv(wait.toMillis(), 1_000)))));
        var body = FailureBody.of(ErrorShapes.of(exchange.getRequest()), failure, TenantFilter.requestIdOf(exchange));
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static Failure failure(ServerWebExchange exchange, Throwable error) {
        return switch (error) {
            case FailureException known -> known.failure();
            case ResponseStatusException status -> framework(exchange, status);
            default -> unexpected(exchange, error);
        };
    }

    private static Failure framework(ServerWebExchange exchange, ResponseStatusException error) {
        return switch (error.getStatusCode().value()) {
            case 404 ->
                new Failure.NoSuchRoute(
                        404,
                        "not_found",
                        "There is nothing at %s."
                                .formatted(exchange.getRequest().getPath().value()));
            case 400 -> new Failure.BadRequest("invalid_request", "The request cannot be read.", Optional.empty());
            default -> unexpected(exchange, error);
        };
    }

    private static Failure unexpected(ServerWebExchange exchange, Throwable error) {
        LOG.error("request={} failed", TenantFilter.requestIdOf(exchange), error);
        return new Failure.Unexpected();
    }

    @Override
    public int getOrder() {
        return BEFORE_SPRING;
    }
}
