package pointsman.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import pointsman.failure.ErrorShape;
import pointsman.failure.Failure;
import pointsman.failure.FailureBody;

/// The answer to what never became a request of any route, with the body that every error of the gateway has.
final class WireError {
    private WireError() {}

    /// @param headers of the answer besides those of its body
    static FullHttpResponse response(HttpVersion version, HttpHeaders headers, Failure failure) {
        var body = FailureBody.of(ErrorShape.OPENAI, failure, "");
        var status = HttpResponseStatus.valueOf(failure.status());
        var response = new DefaultFullHttpResponse(version, status, Unpooled.wrappedBuffer(body));
        response.headers()
                .set(headers)
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return response;
    }
}
