package pointsman.fleet;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import pointsman.cache.TenantCacheKey;
import pointsman.dialect.ErrorText;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.UpstreamDialect;
import pointsman.dialect.answer.AnswerStream;
import pointsman.failure.Failure;
import pointsman.fleet.AnswerPart.Events;
import pointsman.fleet.AnswerPart.Whole;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/// The wire to one upstream that speaks OpenAI's dialect: one call, no second attempt, no redirect. What comes
/// back is either an answer or a [Failure]. The client's headers stay on the client's side.
final class UpstreamClient {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    /// How long the end of a body is waited for after the answer was whole: only then can the connection be
    /// used again.
    private static final Duration AFTER_DONE = Duration.ofSeconds(1);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final Model upstream;
    private final int maxAnswerBytes;
    private final TenantCacheKey cacheKey;
    private final HttpClient http;

    UpstreamClient(Model upstream, FleetProperties properties) {
        this.upstream = upstream;
        this.maxAnswerBytes = Math.toIntExact(properties.maxAnswer().toBytes());
        this.cacheKey = new TenantCacheKey(upstream.apiKey());
        this.http = HttpClient.create(connections(upstream, properties))
                .disableRetry(true)
                .followRedirect(false)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(properties.connectTimeout().toMillis()))
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(MAX_HEADER_BYTES))
                .doOnConnected(connection -> connection.addHandlerLast(new InterimResponses()))
                .headers(this::addHeaders)
                .baseUrl(withoutSlash(upstream.baseUrl().toString()));
    }

    private static ConnectionProvider connections(Model upstream, FleetProperties properties) {
        return ConnectionProvider.builder("upstream-" + upstream.name())
                .maxConnections(properties.pool().connections())
                .pendingAcquireMaxCount(properties.pool().pending())
                .pendingAcquireTimeout(properties.connectTimeout())
                .maxIdleTime(properties.pool().idle())
                .build();
    }

    private void addHeaders(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.USER_AGENT, "pointsman");
        upstream.dialect().headers(upstream.apiKey().value()).forEach(headers::set);
    }

    /// Sends the request once.
    ///
    /// @param asked the upstream, with the model to ask for
    /// @return one [Whole], or [Events] that end with a whole answer; else an error that carries a [Failure]
    Flux<AnswerPart> call(Model asked, Outbound outbound) {
        var request = outbound.request();
        var way = asked.open(keyed(outbound));
        var accepted = request.stream() ? "text/event-stream" : "application/json";
        return http.headers(headers -> addHeaders(headers, accepted, outbound))
                .post()
                .uri(request.path(upstream.dialect()))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(way.body())))
                .response((response, content) -> receive(way, accepted, response, content));
    }

    private ModelRequest keyed(Outbound outbound) {
        return upstream.cacheKeys()
                ? outbound.request()
                        .withPromptCacheKey(cacheKey.of(outbound.caller().tenant(), outbound.request()))
                : outbound.request();
    }

    private void addHeaders(HttpHeaders headers, String accepted, Outbound outbound) {
        headers.set(HttpHeaderNames.ACCEPT, accepted);
        if (upstream.dialect().format() == outbound.request().dialect()) {
            outbound.headers().forEach(headers::set);
        }
    }

    private Flux<AnswerPart> receive(Opening way, String expected, HttpClientResponse response, ByteBufFlux content) {
        if (response.status().code() != 200) {
            return whole(content)
                    .flatMapMany(body -> Flux.error(failure(response, body).asException()));
        }
        var type = Optional.ofNullable(response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE))
                .orElse("");
        if (!type.regionMatches(true, 0, expected, 0, expected.length())) {
            return Flux.error(new Failure.UpstreamInvalidAnswer(
                            upstream.name(),
                            "its content type is '%s' instead of %s".formatted(shortened(type), expected))
                    .asException());
        }
        return expected.equals("text/event-stream")
                ? events(way, content)
                : whole(content).map(body -> checked(way, body)).flux();
    }

    private static AnswerPart checked(Opening way, byte[] body) {
        var answer = way.passage().answer(body);
        return new Whole(answer.bytes(), answer.characters(), answer.usage(), way.dropped());
    }

    private Flux<AnswerPart> events(Opening way, ByteBufFlux content) {
        var stream = way.passage().stream(maxAnswerBytes);
        return content.asByteArray()
                .<AnswerPart>handle((bytes, sink) -> {
                    sink.next(part(stream.read(bytes), stream, way));
                    stream.failure().ifPresent(failure -> sink.error(failure.asException()));
                })
                .timeout(Mono.never(), _ -> stream.isDone() ? Mono.delay(AFTER_DONE) : Mono.never())
                .onErrorResume(error -> stream.isDone() ? Mono.empty() : Mono.error(error))
                .concatWith(Mono.fromSupplier(() -> part(stream.end(), stream, way)))
                .filter(part -> part.bytes().length > 0);
    }

    private static AnswerPart part(byte[] bytes, AnswerStream stream, Opening way) {
        return new Events(bytes, stream.characters(), stream.usage(), way.dropped(), stream.isDone());
    }

    /// Collects a body up to the limit.
    private Mono<byte[]> whole(ByteBufFlux content) {
        return content.asByteArray()
                .reduceWith(ByteArrayOutputStream::new, this::collect)
                .map(ByteArrayOutputStream::toByteArray);
    }

    private ByteArrayOutputStream collect(ByteArrayOutputStream collected, byte[] bytes) {
        if (collected.size() + bytes.length > maxAnswerBytes) {
            throw new Failure.UpstreamInvalidAnswer(
                            upstream.name(), "it is longer than the limit of %d bytes".formatted(maxAnswerBytes))
                    .asException();
        }
        collected.writeBytes(bytes);
        return collected;
    }

    private Failure failure(HttpClientResponse response, byte[] body) {
        var status = response.status().code();
        return switch (status) {
            case 400, 404, 408, 409, 413, 422 -> rejected(status, body);
            // llama.cpp says 500 or 501 in JSON of a request that it cannot read, render or serve: it lives, and the
            // words are for whoever asked.
            case 500, 501 ->
                upstream.dialect() == UpstreamDialect.LLAMA_CPP
                        ? rejected(status, body)
                        : new Failure.UpstreamError(upstream.name(), status);
            case 401, 403 -> new Failure.UpstreamAuth(upstream.name(), status);
            case 429 -> new Failure.UpstreamRateLimited(upstream.name(), retryAfter(response));
            case 503, 529 ->
                new Failure.UpstreamUnavailable(
                        upstream.name(),
                        "it answers with status " + status,
                        retryAfter(response).orElse(Duration.ofSeconds(1)));
            default -> new Failure.UpstreamError(upstream.name(), status);
        };
    }

    private Failure rejected(int status, byte[] body) {
        return ErrorText.read(body)
                .<Failure>map(said -> new Failure.UpstreamRejected(
                        upstream.name(), told(status), ErrorText.shapeOf(body), body, said.message()))
                .orElseGet(() -> new Failure.UpstreamError(upstream.name(), status));
    }

    /// The status that the client sees of a refusal.
    private static int told(int status) {
        return switch (status) {
            case 500 -> 502;
            case 501 -> 400;
            default -> status;
        };
    }

    private static Optional<Duration> retryAfter(HttpClientResponse response) {
        return Optional.ofNullable(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER))
                .filter(value -> value.matches("\\d{1,5}"))
                .map(Long::parseLong)
                .map(Duration::ofSeconds)
                .filter(wait -> wait.compareTo(LONGEST_RETRY_AFTER) <= 0);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
