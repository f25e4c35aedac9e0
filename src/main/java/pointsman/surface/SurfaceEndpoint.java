package pointsman.surface;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.failure.Failure;
import pointsman.http.BodyReader;
import pointsman.http.TenantFilter;
import reactor.core.publisher.Mono;

/// The route of one surface: reads the body, JSON or a form, has it answered, and writes the answer.
final class SurfaceEndpoint implements WebHandler {
    private final Surface surface;
    private final Shared shared;

    SurfaceEndpoint(Surface surface, Shared shared) {
        this.surface = surface;
        this.shared = shared;
    }

    /// What all of these routes share.
    record Shared(BodyReader bodies, BodyReader.Limits limits, SurfaceGateway gateway, SurfaceWriter writer) {}

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var arrivedNanos = System.nanoTime();
        return request(exchange)
                .flatMap(request -> shared.gateway()
                        .answer(new SurfaceCall(
                                TenantFilter.requestIdOf(exchange),
                                TenantFilter.tenantOf(exchange),
                                request,
                                arrivedNanos))
                        .flatMap(answer -> shared.writer().write(exchange, request.model(), answer)));
    }

    private Mono<SurfaceRequest> request(ServerWebExchange exchange) {
        var headers = exchange.getRequest().getHeaders();
        return switch (surface.takes()) {
            case JSON -> json(exchange);
            case FORM -> BodyReader.isForm(headers) ? form(exchange, headers) : Mono.error(noForm());
            case BOTH -> BodyReader.isForm(headers) ? form(exchange, headers) : json(exchange);
        };
    }

    private Mono<SurfaceRequest> json(ServerWebExchange exchange) {
        return shared.bodies().json(exchange, shared.limits(), body -> JsonBody.read(surface, body));
    }

    private Mono<SurfaceRequest> form(ServerWebExchange exchange, HttpHeaders headers) {
        var type = headers.getContentType();
        return shared.bodies()
                .form(
                        exchange,
                        shared.limits(),
                        body -> FormBody.read(surface, type == null ? MediaType.MULTIPART_FORM_DATA : type, body));
    }

    private static Throwable noForm() {
        return new Failure.NoSuchRoute(415, "unsupported_media_type", "Send `Content-Type: multipart/form-data`.")
                .asException();
    }
}
