package pointsman.chat;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import pointsman.failure.Failure;
import reactor.core.publisher.Mono;

/// Takes in a request's JSON body within its limits of size and time.
final class BodyReader {
    private final ChatProperties limits;

    BodyReader(ChatProperties limits) {
        this.limits = limits;
    }

    /// The whole body. One that states a length beyond the limit is refused before it is read.
    Mono<byte[]> read(ServerHttpRequest request) {
        if (!isJson(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE))) {
            return Mono.error(
                    new Failure.NoSuchRoute(415, "unsupported_media_type", "Send `Content-Type: application/json`.")
                            .asException());
        }
        if (request.getHeaders().getContentLength() > limits.maxBody().toBytes()) {
            return Mono.error(tooLarge());
        }
        return DataBufferUtils.join(
                        request.getBody(), Math.toIntExact(limits.maxBody().toBytes()))
                .onErrorMap(DataBufferLimitException.class, _ -> tooLarge())
                .timeout(
                        limits.bodyTimeout(),
                        Mono.error(() -> new Failure.BodyTooSlow(limits.bodyTimeout()).asException()))
                .map(BodyReader::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    /// A body of no stated type is taken for what it can only be here.
    private static boolean isJson(@Nullable String type) {
        try {
            return type == null || MediaType.parseMediaType(type).isCompatibleWith(MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    private RuntimeException tooLarge() {
        return new Failure.BodyTooLarge(limits.maxBody().toBytes()).asException();
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            var bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
