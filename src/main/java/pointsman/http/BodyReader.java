package pointsman.http;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import pointsman.failure.Failure;
import pointsman.time.TimeLimit;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Takes in a request's JSON body within its limits of size, time and memory, and has it read: a
/// big one on threads of its own, so that nobody else waits for it.
public final class BodyReader implements AutoCloseable {
    private static final int BIG = 256 << 10;
    private static final int QUEUE = 1_000;

    private final Scheduler threads =
            Schedulers.newBoundedElastic(Runtime.getRuntime().availableProcessors(), QUEUE, "bodies");

    /// The most that a body may hold and how long it may take.
    ///
    /// @param nodes values and names in its JSON
    public record Limits(long bytes, int nodes, Duration time) {}

    /// Reads a body. One that states a length beyond the limits is refused before it is read.
    ///
    /// @param reading what makes something of the bytes, none if there is no body
    public <T> Mono<T> json(ServerWebExchange exchange, Limits limits, Function<byte[], T> reading) {
        return Mono.defer(() -> bytes(exchange, limits)).flatMap(bytes -> read(exchange, bytes, reading));
    }

    private <T> Mono<T> read(ServerWebExchange exchange, byte[] bytes, Function<byte[], T> reading) {
        return bytes.length < BIG
                ? Mono.fromSupplier(() -> reading.apply(bytes))
                : apart(BodyClaim.of(exchange), () -> reading.apply(bytes));
    }

    private Mono<byte[]> bytes(ServerWebExchange exchange, Limits limits) {
        var headers = exchange.getRequest().getHeaders();
        return isOfAnotherType(headers)
                ? Mono.error(HttpRefusals.unsupported("Send `Content-Type: application/json`."))
                : bytes(
                        exchange,
                        limits,
                        BodyIntake.ofJson(BodyClaim.of(exchange), headers.getContentLength(), limits));
    }

    /// Reads a multipart form that passes as it is, in the same way. Its whole is held, for it may
    /// have to be sent again.
    ///
    /// @param reading what makes something of the bytes
    public <T> Mono<T> form(ServerWebExchange exchange, Limits limits, Function<byte[], T> reading) {
        return Mono.defer(() -> {
                    var stated = exchange.getRequest().getHeaders().getContentLength();
                    return bytes(exchange, limits, BodyIntake.ofForm(BodyClaim.of(exchange), stated, limits));
                })
                .flatMap(bytes -> read(exchange, bytes, reading));
    }

    /// Whether a body says that it is a multipart form.
    public static boolean isForm(HttpHeaders headers) {
        return FormReader.formType(headers).isPresent();
    }

    private static Mono<byte[]> bytes(ServerWebExchange exchange, Limits limits, BodyIntake intake) {
        var request = exchange.getRequest();
        refuseEncoding(request.getHeaders());
        var deadline = System.nanoTime() + limits.time().toNanos();
        return TimeLimit.of(
                        request.getBody(),
                        () -> deadline - System.nanoTime(),
                        () -> Failure.Refused.bodyTooSlow(limits.time()).asException())
                .reduce(intake, BodyIntake::add)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release)
                .map(BodyIntake::whole);
    }

    /// What follows on the same thread is covered by the claim, too. An error travels as a value, for
    /// nobody is told of one that comes after the client has left.
    private <T> Mono<T> apart(BodyClaim claim, Supplier<T> reading) {
        return Mono.<Mono<T>>create(sink -> claim.during(() -> sink.success(result(reading))))
                .subscribeOn(threads)
                .flatMap(Function.identity())
                .onErrorMap(
                        RejectedExecutionException.class, _ -> BodyClaim.busy().asException());
    }

    private static <T> Mono<T> result(Supplier<T> reading) {
        try {
            return Mono.just(reading.get());
        } catch (RuntimeException e) {
            return Mono.error(e);
        }
    }

    /// A body that is compressed is not opened.
    ///
    /// @throws pointsman.failure.FailureException a 415
    static void refuseEncoding(HttpHeaders headers) {
        for (var encoding : headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING)) {
            if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
                throw HttpRefusals.unsupported(
                        "This gateway reads no compressed bodies: send it without `Content-Encoding`.");
            }
        }
    }

    /// Whether there is a body that is not JSON. Its type has to say that it is: without a type any web
    /// page may send one.
    static boolean isOfAnotherType(HttpHeaders headers) {
        var hasBody = headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
        return hasBody && !isJson(headers.getFirst(HttpHeaders.CONTENT_TYPE));
    }

    private static boolean isJson(@Nullable String type) {
        try {
            var parsed = type == null ? null : MediaType.parseMediaType(type);
            return parsed != null
                    && parsed.getType().equals("application")
                    && (parsed.getSubtype().equals("json")
                            || parsed.getSubtype().endsWith("+json"));
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    @Override
    public void close() {
        threads.dispose();
    }
}
