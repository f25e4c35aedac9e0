package pointsman.fleet;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.ErrorText;
import pointsman.dialect.UpstreamDialect;
import pointsman.dialect.answer.AnswerStream;
import pointsman.failure.Failure;
import pointsman.fleet.AnswerPart.Events;
import pointsman.fleet.AnswerPart.Whole;
import pointsman.time.TimeLimit;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/// The wire to one provider of a model: one call, no second attempt, no redirect. What comes
/// back is either an answer or a [Failure]. The client's headers stay on the client's side.
final class UpstreamClient {
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    /// How long the end of a body is waited for after the answer was whole: only then can the connection be
    /// used again.
    private static final Duration AFTER_DONE = Duration.ofSeconds(1);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final String name;
    private final Provider provider;
    private final int maxAnswerBytes;
    private final HttpClient http;

    UpstreamClient(Model model, CallProperties properties, Duration connectTimeout) {
        this.name = model.name();
        this.provider = model.provider();
        this.maxAnswerBytes = Math.toIntExact(properties.maxAnswer().toBytes());
        this.http = HttpClient.create(connections(name, properties.pool(), connectTimeout))
                .disableRetry(true)
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(MAX_HEADER_BYTES))
                .doOnConnected(connection -> connection.addHandlerLast(new InterimResponses()))
                .headers(this::addHeaders)
                .baseUrl(withoutSlash(provider.baseUrl().toString()));
    }

    private static ConnectionProvider connections(String name, CallProperties.Pool pool, Duration connectTimeout) {
        return ConnectionProvider.builder("upstream-" + name)
                .maxConnections(pool.connections())
                .pendingAcquireMaxCount(pool.pending())
                .pendingAcquireTimeout(connectTimeout)
                .maxIdleTime(pool.idle())
                .build();
    }

    private void addHeaders(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.USER_AGENT, "pointsman");
        provider.dialect().headers(provider.apiKey().value()).forEach(headers::set);
    }

    /// Sends a request once.
    ///
    /// @return one [Whole], or [Events] that end with a whole answer; else an error that carries a [Failure]
    Flux<AnswerPart> call(Outbound outbound) {
        return http.headers(headers -> addHeaders(headers, outbound))
                .post()
                .uri(outbound.path())
                .send(Mono.fromSupplier(
                        () -> Unpooled.wrappedBuffer(outbound.passage().body())))
                .response((response, content) -> receive(outbound, response, content));
    }

    private static void addHeaders(HttpHeaders headers, Outbound outbound) {
        headers.set(HttpHeaderNames.ACCEPT, accepted(outbound));
        outbound.headers().forEach(headers::set);
    }

    private static String accepted(Outbound outbound) {
        return outbound.stream() ? "text/event-stream" : "application/json";
    }

    private Flux<AnswerPart> receive(Outbound way, HttpClientResponse response, ByteBufFlux content) {
        var expected = accepted(way);
        if (response.status().code() != 200) {
            return whole(content)
                    .flatMapMany(body -> Flux.error(failure(response, body).asException()));
        }
        var type = Optional.ofNullable(response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE))
                .orElse("");
        if (!type.regionMatches(true, 0, expected, 0, expected.length())) {
            return Flux.error(new Failure.UpstreamInvalidAnswer(
                            name, "its content type is '%s' instead of %s".formatted(shortened(type), expected))
                    .asException());
        }
        return way.stream()
                ? events(way, content)
                : whole(content).map(body -> checked(way, body)).flux();
    }

    private static AnswerPart checked(Outbound way, byte[] body) {
        var answer = way.passage().answer(body);
        return new Whole(answer.bytes(), answer.characters(), answer.usage());
    }

    private Flux<AnswerPart> events(Outbound way, ByteBufFlux content) {
        var stream = way.passage().stream(maxAnswerBytes);
        var end = new EndLimit();
        return TimeLimit.of(content.asByteArray(), end.limit())
                .<AnswerPart>handle((bytes, sink) -> {
                    var events = stream.read(bytes);
                    if (stream.isDone()) {
                        end.begin();
                    }
                    if (events.length > 0) {
                        sink.next(part(events, stream));
                    }
                    stream.failure().ifPresent(failure -> sink.error(failure.asException()));
                })
                .onErrorResume(error -> stream.isDone() ? Mono.empty() : Mono.error(error))
                .concatWith(Mono.fromSupplier(() -> last(stream)));
    }

    /// What is left to be said once the upstream has said all; null if that is nothing.
    private static @Nullable AnswerPart last(AnswerStream stream) {
        var events = stream.end();
        return events.length > 0 ? part(events, stream) : null;
    }

    /// Limits the wait for the end of a body whose answer is whole.
    private static final class EndLimit {
        private volatile boolean hasBegun;
        private volatile long sinceNanos;

        void begin() {
            if (!hasBegun) {
                sinceNanos = System.nanoTime();
                hasBegun = true;
            }
        }

        TimeLimit.Limit limit() {
            return new TimeLimit.Limit(this::leftNanos, AFTER_DONE.toNanos(), TimeoutException::new, TimeLimit.WHEEL);
        }

        private long leftNanos() {
            return hasBegun ? AFTER_DONE.toNanos() - (System.nanoTime() - sinceNanos) : AFTER_DONE.toNanos();
        }
    }

    private static AnswerPart part(byte[] bytes, AnswerStream stream) {
        return new Events(bytes, stream.characters(), stream.usage(), stream.isDone());
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
                            name, "it is longer than the limit of %d bytes".formatted(maxAnswerBytes))
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
                provider.dialect() == UpstreamDialect.LLAMA_CPP
                        ? rejected(status, body)
                        : new Failure.UpstreamError(name, status);
            case 401, 403 -> new Failure.UpstreamAuth(name, status);
            case 429 -> new Failure.UpstreamRateLimited(name, retryAfter(response));
            case 503, 529 ->
                new Failure.UpstreamUnavailable(
                        name,
                        "it answers with status " + status,
                        retryAfter(response).orElse(Duration.ofSeconds(1)));
            default -> new Failure.UpstreamError(name, status);
        };
    }

    private Failure rejected(int status, byte[] body) {
        return ErrorText.read(body)
                .<Failure>map(said ->
                        new Failure.UpstreamRejected(name, told(status), ErrorText.shapeOf(body), body, said.message()))
                .orElseGet(() -> new Failure.UpstreamError(name, status));
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
