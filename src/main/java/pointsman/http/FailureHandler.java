package pointsman.http;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import pointsman.failure.BareError;
import pointsman.failure.Failure;
import pointsman.failure.FailureBody;
import pointsman.failure.FailureException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/// Turns whatever ended a request into a status and a JSON body. Nothing else in the gateway writes an error.
final class FailureHandler implements WebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);
    private static final int BEFORE_SPRING = -10;

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return brokeOff(exchange, error);
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

    /// Too late for a status: the server cuts the connection. Whoever has left needs no line in the log.
    private static Mono<Void> brokeOff(ServerWebExchange exchange, Throwable error) {
        if (!(error instanceof FailureException) && !hasLeft(error)) {
            LOG.error("request={} broke off", TenantFilter.requestIdOf(exchange), BareError.of(error));
        }
        return Mono.error(error);
    }

    private static Failure failure(ServerWebExchange exchange, Throwable error) {
        return switch (error) {
            case FailureException known -> known.failure();
            case ResponseStatusException status -> framework(exchange, status);
            default -> unexpected(exchange, error);
        };
    }

    private static Failure framework(ServerWebExchange exchange, ResponseStatusException error) {
        int status = error.getStatusCode().value();
        return switch (status) {
            case 404 ->
                new Failure.NoSuchRoute(
                        404,
                        "not_found",
                        "There is nothing at %s."
                                .formatted(exchange.getRequest().getPath().value()));
            case 400 -> new Failure.BadRequest("invalid_request", "The request cannot be read.", Optional.empty());
            default ->
                error.getStatusCode().is4xxClientError()
                        ? new Failure.NoSuchRoute(status, "invalid_request", "The request cannot be answered as it is.")
                        : unexpected(exchange, error);
        };
    }

    private static Failure unexpected(ServerWebExchange exchange, Throwable error) {
        if (!hasLeft(error)) {
            LOG.error("request={} failed", TenantFilter.requestIdOf(exchange), BareError.of(error));
        }
        return new Failure.Unexpected();
    }

    /// An error that comes when nobody listens any more, for the whole process. Reactor's own line would repeat the
    /// request's path and query.
    static void dropped(Throwable error) {
        if (!(Exceptions.unwrap(error) instanceof FailureException) && !hasLeft(error)) {
            LOG.error("an error came after the end of its request", BareError.of(error));
        }
    }

    /// The client closed its connection, in the middle of its body for instance: nobody's fault, and nobody reads on.
    /// Whoever waits for something in its name is interrupted then.
    private static boolean hasLeft(Throwable error) {
        return DisconnectedClientHelper.isClientDisconnectedException(error)
                || NestedExceptionUtils.getMostSpecificCause(error) instanceof InterruptedException;
    }

    @Override
    public int getOrder() {
        return BEFORE_SPRING;
    }
}
