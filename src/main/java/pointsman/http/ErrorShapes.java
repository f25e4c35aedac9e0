package pointsman.http;

import org.springframework.http.server.reactive.ServerHttpRequest;
import pointsman.failure.ErrorShape;

/// In which shape a request's error is told: its path names the dialect, also where the door or no route answers. Where
/// both dialects have the same path, `anthropic-version` tells Anthropic's clients.
public final class ErrorShapes {
    /// The header that every client of Anthropic's sends.
    public static final String ANTHROPIC_VERSION = "anthropic-version";

    private ErrorShapes() {}

    public static ErrorShape of(ServerHttpRequest request) {
        var path = request.getPath().value();
        if (path.startsWith("/v1/messages")) {
            return ErrorShape.ANTHROPIC;
        }
        if (path.startsWith("/v1/models")) {
            return isAnthropic(request) ? ErrorShape.ANTHROPIC : ErrorShape.OPENAI;
        }
        return path.startsWith("/v1/responses") ? ErrorShape.OPENAI_RESPONSES : ErrorShape.OPENAI;
    }

    /// Whether Anthropic's client asks, on a path that both dialects have.
    public static boolean isAnthropic(ServerHttpRequest request) {
        return request.getHeaders().containsHeader(ANTHROPIC_VERSION);
    }
}
