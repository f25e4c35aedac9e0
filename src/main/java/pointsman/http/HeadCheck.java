package pointsman.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.util.List;
import java.util.regex.Pattern;

/// What the head of a request must be beyond what the decoder asks of it.
final class HeadCheck {
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)");

    private HeadCheck() {}

    /// The server answers what could not be decoded, and so it answers these.
    static void check(HttpRequest request, int maxHeaders) {
        if (request.headers().size() > maxHeaders) {
            request.setDecoderResult(DecoderResult.failure(
                    new TooLongHttpHeaderException("more than %d headers".formatted(maxHeaders))));
            return;
        }
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        var isOld = request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0;
        if (hosts.size() > 1 || hosts.contains("") || (hosts.isEmpty() && !isOld)) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("not one Host")));
        } else if (!isFor(hosts, request.uri())) {
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("two hosts")));
        }
    }

    /// A target may name a host of its own, and would be the one that counts.
    private static boolean isFor(List<String> hosts, String target) {
        var absolute = ABSOLUTE.matcher(target);
        return !absolute.lookingAt() || hosts.stream().allMatch(absolute.group(1)::equalsIgnoreCase);
    }
}
