package pointsman.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.ErrorText;
import pointsman.dialect.Rejection;
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
    /// How long the end of a body is waited for after the answer was whole: only then can the
    /// connection be used again.
    private static final Duration AFTER_DONE = Duration.ofSeconds(1);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

    private final Provider provider;
    private final int maxAnswerBytes;
    private final HttpClient http;

    UpstreamClient(Provider provider, CallProperties properties) {
        var connectTimeout = provider.limits().timeouts().connectTimeout();
        this.provider = provider;
        this.maxAnswerBytes = Math.toIntExact(properties.maxAnswer().toBytes());
        this.http = HttpClient.create(connections(provider.name(), properties.pool(), connectTimeout))
                .disableRetry(true)
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
                .httpResponseDecoder(decoder -> decoder.maxHeaderSize(MAX_HEADER_BYTES))
                .doOnConnected(connection -> connection.addHandlerLast(new InterimResponses()));
    }

    private static ConnectionProvider connections(String name, CallProperties.Pool pool, Duration connectTimeout) {
        return ConnectionProvider.builder("upstream-" + name)
                .maxConnections(pool.connections())
                .pendingAcquireMaxCount(pool.pending())
                .pendingAcquireTimeout(connectTimeout)
                .maxIdleTime(pool.idle())
                .build();
    }

    /// One attempt.
    ///
    /// @param to what is asked
    /// @param way what is sent there
    /// @param key that it is sent with
    /// @param isStream whether the answer comes as events
    /// @param heldWords how many of its words are held back until they are safe
    record Attempt(Deployment to, Way way, ApiKey key, boolean isStream, int heldWords) {
        String name() {
            return to.name();
        }

        String uri() {
            return to.provider().address().uri(way.path(), to.id());
        }

        String accepted() {
            return isStream ? "text/event-stream" : "application/json";
        }

        private Head head() {
            return new Head(way.dialect(), way.headers(), key, "application/json", accepted());
        }
    }

    /// One attempt of a request that passes as it is.
    ///
    /// @param to what is asked
    /// @param request what is sent there
    /// @param dialect that is spoken
    /// @param key that it is sent with
    record RawAttempt(Deployment to, RawRequest request, UpstreamDialect dialect, ApiKey key) {
        String uri() {
            return to.provider().address().uri(request.path(), to.id());
        }

        private Head head() {
            return new Head(dialect, Map.of(), key, request.contentType(), "*/*");
        }

        private ByteBuf body() {
            return Unpooled.wrappedBuffer(request.body().of(to.id()).toArray(ByteBuffer[]::new));
        }
    }

    /// What is said before a body.
    ///
    /// @param headers of the client that the provider may see
    private record Head(
            UpstreamDialect dialect, Map<String, String> headers, ApiKey key, String contentType, String accepted) {}

    /// Sends a request once.
    ///
    /// @return one [Whole], or [Events] that end with a whole answer; else an error that carries a
    ///     [Failure]
    Flux<AnswerPart> call(Attempt attempt) {
        return http.headers(headers -> addHeaders(headers, attempt.head()))
                .post()
                .uri(attempt.uri())
                .send(Mono.fromSupplier(
                        () -> Unpooled.wrappedBuffer(attempt.way().passage().body())))
                .response((response, content) -> receive(attempt, response, content));
    }

    /// Sends a request that passes as it is, once.
    ///
    /// @return one part with all of a JSON answer, or the pieces of any other as they come; else an
    ///     error that carries a [Failure]
    Flux<RawPart> call(RawAttempt attempt) {
        return http.headers(headers -> addHeaders(headers, attempt.head()))
                .post()
                .uri(attempt.uri())
                .send(Mono.fromSupplier(attempt::body))
                .response((response, content) -> receive(attempt, response, content));
    }

    private Flux<RawPart> receive(RawAttempt attempt, HttpClientResponse response, ByteBufFlux content) {
        var name = attempt.to().name();
        var status = response.status().code();
        if (status < 200 || status > 299) {
            return failed(name, attempt.dialect(), response, content);
        }
        var head = new RawPart.Head(status, contentType(response));
        return head.isJson()
                ? whole(name, content).map(body -> new RawPart(head, body)).flux()
                : content.asByteArray().map(bytes -> new RawPart(head, bytes));
    }

    /// What the client says comes first: it may not be what the gateway says of itself.
    private void addHeaders(HttpHeaders headers, Head head) {
        head.headers().forEach(headers::set);
        var address = provider.address();
        var key = head.key().value();
        head.dialect().headers(address.keyHeader().isEmpty() ? key : "").forEach((name, value) -> {
            if (!head.headers().containsKey(name)) {
                headers.set(name, value);
            }
        });
        if (!address.keyHeader().isEmpty() && !key.isEmpty()) {
            headers.set(address.keyHeader(), key);
        }
        address.headers().forEach(headers::set);
        headers.set(HttpHeaderNames.CONTENT_TYPE, head.contentType());
        headers.set(HttpHeaderNames.USER_AGENT, "pointsman");
        headers.set(HttpHeaderNames.ACCEPT, head.accepted());
    }

    private Flux<AnswerPart> receive(Attempt attempt, HttpClientResponse response, ByteBufFlux content) {
        var expected = attempt.accepted();
        var name = attempt.name();
        if (response.status().code() != 200) {
            return failed(name, attempt.way().dialect(), response, content);
        }
        var type = contentType(response);
        if (!type.regionMatches(true, 0, expected, 0, expected.length())) {
            return Flux.error(new Failure.UpstreamInvalidAnswer(
                            name, "its content type is '%s' instead of %s".formatted(shortened(type), expected))
                    .asException());
        }
        return attempt.isStream()
                ? events(attempt, content)
                : whole(name, content).map(body -> checked(attempt.way(), body)).flux();
    }

    private <P> Flux<P> failed(String name, UpstreamDialect dialect, HttpClientResponse response, ByteBufFlux content) {
        return whole(name, content)
                .flatMapMany(body ->
                        Flux.error(failure(name, dialect, response, body).asException()));
    }

    private static String contentType(HttpClientResponse response) {
        return Optional.ofNullable(response.responseHeaders().get(HttpHeaderNames.CONTENT_TYPE))
                .orElse("");
    }

    private static AnswerPart checked(Way way, byte[] body) {
        var answer = way.passage().answer(body);
        return new Whole(answer.bytes(), answer.characters(), answer.usage());
    }

    private Flux<AnswerPart> events(Attempt attempt, ByteBufFlux content) {
        var stream = attempt.way().passage().stream(maxAnswerBytes);
        var held = new HeldEvents(attempt.name(), stream, attempt.heldWords(), maxAnswerBytes);
        var end = new EndLimit();
        return TimeLimit.of(content.asByteArray(), end.limit())
                .<AnswerPart>handle((bytes, sink) -> {
                    var events = held.take(stream.read(bytes));
                    if (stream.isDone()) {
                        end.begin();
                    }
                    if (events.length > 0 || held.isLife()) {
                        sink.next(part(events, stream, held));
                    }
                    stream.failure().ifPresent(failure -> sink.error(failure.asException()));
                })
                .onErrorResume(error -> stream.isDone() ? Mono.empty() : Mono.error(error))
                .concatWith(Mono.fromSupplier(() -> last(stream, held)));
    }

    /// What is left to be said once the upstream has said all; null if that is nothing.
    private static @Nullable AnswerPart last(AnswerStream stream, HeldEvents held) {
        var events = held.take(stream.end());
        return events.length > 0 ? part(events, stream, held) : null;
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

    private static AnswerPart part(byte[] bytes, AnswerStream stream, HeldEvents held) {
        return new Events(
                bytes,
                stream.characters(),
                stream.usage(),
                stream.isDone(),
                held.speaks(),
                stream.isCalling(),
                stream::told);
    }

    /// Collects a body up to the limit.
    private Mono<byte[]> whole(String name, ByteBufFlux content) {
        return content.asByteArray()
                .reduceWith(ByteArrayOutputStream::new, (collected, bytes) -> collect(name, collected, bytes))
                .map(ByteArrayOutputStream::toByteArray);
    }

    private ByteArrayOutputStream collect(String name, ByteArrayOutputStream collected, byte[] bytes) {
        if (collected.size() + bytes.length > maxAnswerBytes) {
            throw new Failure.UpstreamInvalidAnswer(
                            name, "it is longer than the limit of %d bytes".formatted(maxAnswerBytes))
                    .asException();
        }
        collected.writeBytes(bytes);
        return collected;
    }

    private static Failure failure(String name, UpstreamDialect dialect, HttpClientResponse response, byte[] body) {
        var status = response.status().code();
        return switch (status) {
            case 400, 404, 408, 409, 413, 415, 422 -> rejected(name, status, body);
            // llama.cpp says 500 or 501 in JSON of a request that it cannot read, render or serve: it lives, and the
            // words are for whoever asked.
            case 500, 501 ->
                dialect == UpstreamDialect.LLAMA_CPP
                        ? rejected(name, status, body)
                        : new Failure.UpstreamError(name, status);
            case 401, 403 -> new Failure.UpstreamAuth(name, status);
            case 402 -> new Failure.UpstreamQuota(name, status);
            case 429 ->
                Rejection.isOutOfQuota(body)
                        ? new Failure.UpstreamQuota(name, status)
                        : new Failure.UpstreamRateLimited(name, retryAfter(response));
            case 503, 529 ->
                new Failure.UpstreamUnavailable(
                        name,
                        "it answers with status " + status,
                        retryAfter(response).orElse(CallFailure.SOON),
                        retryAfter(response).isPresent());
            default -> new Failure.UpstreamError(name, status);
        };
    }

    private static Failure rejected(String name, int status, byte[] body) {
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
}
