package pointsman.http;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.codec.multipart.PartEventHttpMessageReader;
import org.springframework.http.server.reactive.ServerHttpRequest;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import reactor.core.publisher.Mono;

/// Takes in a request that is JSON or a multipart form, within its limits. A file goes to the disk
/// as it comes, and however the request ends, nothing of it stays there but what was kept on
/// purpose.
public final class FormReader {
    private static final int MOST_PARTS = 32;
    private static final int PART_HEADER_BYTES = 8 * 1024;

    private final FormLimits limits;
    private final Incoming incoming;
    private final WorkThreads threads;
    private final FormJson json;
    private final PartEventHttpMessageReader parts = new PartEventHttpMessageReader();

    /// @param limits of what is accepted
    /// @param incoming where files go
    /// @param threads that wait for the disk
    public FormReader(FormLimits limits, Incoming incoming, WorkThreads threads) {
        this.limits = limits;
        this.incoming = incoming;
        this.threads = threads;
        this.json = new FormJson(limits);
        parts.setMaxParts(MOST_PARTS);
        parts.setMaxHeadersSize(PART_HEADER_BYTES);
        parts.setMaxInMemorySize(Math.toIntExact(limits.form().toBytes()));
    }

    /// What is made of a form that is there as a whole.
    public interface Work<T> {
        T on(Form form, Intake intake) throws Exception;
    }

    /// Reads a request, and does something that takes its time with it.
    ///
    /// @param fileField the name of the part that is the file
    public <T> Mono<T> read(ServerHttpRequest request, String fileField, Work<T> work) {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> new Intake(limits, incoming, fileField)),
                intake -> taken(new HeapRequest(request), intake)
                        .timeout(
                                limits.time(),
                                Mono.error(() -> Failure.Refused.bodyTooSlow(limits.time())
                                        .asException()))
                        .flatMap(isForm ->
                                threads.compute(() -> work.on(isForm ? intake.form() : intake.json(json), intake))),
                this::closed);
    }

    /// To close waits for what is being written and removes files, which is nothing for the thread
    /// that heard the client leave.
    private Mono<Void> closed(Intake intake) {
        return threads.wait(() -> close(intake)).then().onErrorResume(_ -> Mono.fromRunnable(intake::close));
    }

    private static boolean close(Intake intake) {
        intake.close();
        return true;
    }

    /// The same for a route that takes JSON alone.
    public <T> Mono<T> readJson(ServerHttpRequest request, Work<T> work) {
        return BodyReader.isOfAnotherType(request.getHeaders())
                ? Mono.error(HttpRefusals.unsupported("Send `Content-Type: application/json`."))
                : read(request, "", work);
    }

    /// Whether it was a form, once all of it is there.
    private Mono<Boolean> taken(ServerHttpRequest request, Intake intake) {
        BodyReader.refuseEncoding(request.getHeaders());
        if (request.getHeaders().getContentLength()
                > limits.upload().toBytes() + limits.form().toBytes()) {
            return Mono.error(new Failure.BodyTooLarge(limits.upload().toBytes()).asException());
        }
        var type = formType(request.getHeaders());
        if (type.isPresent()) {
            return type.get().getParameter("boundary") == null
                    ? Mono.error(HttpRefusals.badBody("The content type names no boundary."))
                    : form(request, intake).thenReturn(true);
        }
        return BodyReader.isOfAnotherType(request.getHeaders())
                ? Mono.error(HttpRefusals.unsupported("Send `multipart/form-data` or `application/json`."))
                : body(request, intake).thenReturn(false);
    }

    static Optional<MediaType> formType(HttpHeaders headers) {
        try {
            return Optional.ofNullable(headers.getContentType())
                    .filter(type -> type.equalsTypeAndSubtype(MediaType.MULTIPART_FORM_DATA));
        } catch (InvalidMediaTypeException _) {
            return Optional.empty();
        }
    }

    private Mono<Void> form(ServerHttpRequest request, Intake intake) {
        return parts.read(ResolvableType.forClass(PartEvent.class), request, Map.of())
                .publishOn(threads.scheduler(), 1)
                .doOnNext(intake::take)
                .onErrorMap(this::failure)
                .then();
    }

    private Mono<Void> body(ServerHttpRequest request, Intake intake) {
        return request.getBody()
                .publishOn(threads.scheduler(), 1)
                .doOnNext(intake::takeBody)
                .onErrorMap(RejectedExecutionException.class, _ -> HttpRefusals.busy())
                .then();
    }

    /// Whatever the parser stumbles over, it was in the body.
    private Throwable failure(Throwable error) {
        return switch (error) {
            case FailureException failure -> failure;
            case DataBufferLimitException _ ->
                new Failure.BodyTooLarge(limits.form().toBytes()).asException();
            case RejectedExecutionException _ -> HttpRefusals.busy();
            case Error bug -> bug;
            default ->
                HttpRefusals.badBody(
                        "The form cannot be read: it is cut, has more than %d parts, or is not written as multipart/form-data is."
                                .formatted(MOST_PARTS));
        };
    }
}
