package pointsman.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.DefaultPartHttpMessageReader;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.Part;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import pointsman.access.BodyReader;
import pointsman.batch.BatchProperties.Limits;
import pointsman.failure.Failure;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Takes in a request that is JSON or a multipart form, within its limits. A file goes to the disk as it comes.
final class FormReader {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_PARTS = 32;
    private static final int PART_HEADER_BYTES = 8 * 1024;

    /// UTF-8 and nothing else (RFC 8259): what was counted while it came must be what is read.
    private static final JsonMapper BODY = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                    .build())
            .build();

    private final Limits limits;
    private final int maxNodes;
    private final BodyReader bodies;
    private final Uploads uploads;
    private final Desk desk;
    private final DefaultPartHttpMessageReader parts = new DefaultPartHttpMessageReader();

    FormReader(Limits limits, int maxNodes, BodyReader bodies, Uploads uploads, Desk desk, Path directory)
            throws IOException {
        this.limits = limits;
        this.maxNodes = maxNodes;
        this.bodies = bodies;
        this.uploads = uploads;
        this.desk = desk;
        parts.setMaxParts(MOST_PARTS);
        parts.setMaxHeadersSize(PART_HEADER_BYTES);
        parts.setMaxInMemorySize(Math.toIntExact(Math.min(limits.form().toBytes(), 256 * 1024)));
        parts.setMaxDiskUsagePerPart(limits.upload().toBytes());
        parts.setFileStorageDirectory(directory);
        parts.setBlockingOperationScheduler(desk.scheduler());
    }

    /// Reads a request.
    ///
    /// @param fileField the name of the part that is the file
    Mono<Form> read(ServerWebExchange exchange, String fileField) {
        var request = exchange.getRequest();
        if (!isForm(request.getHeaders())) {
            return BodyReader.isOfAnotherType(request.getHeaders()) ? Mono.error(unsupported()) : json(exchange);
        }
        BodyReader.refuseEncoding(request.getHeaders());
        if (request.getHeaders().getContentLength()
                > limits.upload().toBytes() + limits.form().toBytes()) {
            return Mono.error(tooLarge());
        }
        return multipart(request, fileField)
                .timeout(
                        limits.uploadTimeout(),
                        Mono.error(() -> new Failure.BodyTooSlow(limits.uploadTimeout()).asException()));
    }

    /// Reads a request that can only be JSON.
    Mono<Form> json(ServerWebExchange exchange) {
        return bodies.json(
                exchange,
                new BodyReader.Limits(limits.upload().toBytes(), maxNodes, limits.uploadTimeout()),
                body -> new Form(object(body), Optional.empty(), ""));
    }

    private static boolean isForm(HttpHeaders headers) {
        try {
            var type = headers.getContentType();
            return type != null && type.equalsTypeAndSubtype(MediaType.MULTIPART_FORM_DATA);
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    private Mono<Form> multipart(ServerHttpRequest request, String fileField) {
        return parts.read(ResolvableType.forClass(Part.class), request, Map.of())
                .onErrorMap(DataBufferLimitException.class, _ -> tooLarge())
                .onErrorMap(
                        DecodingException.class,
                        e -> Failure.BadRequest.inField(
                                        "body", "The form cannot be read: %s.".formatted(e.getMessage()))
                                .asException())
                .concatMap(part -> take(part, fileField))
                .collectList()
                .map(this::form);
    }

    /// One part of a form: a value, or a file on the disk.
    private record Taken(String name, JsonNode value, Optional<Path> file, String fileName) {}

    private Flux<Taken> take(Part part, String fileField) {
        if (part.name().equals(fileField)) {
            var name = part instanceof FilePart file ? file.filename() : "";
            return desk.wait(uploads::incoming)
                    .flatMap(path -> DataBufferUtils.write(part.content(), path).thenReturn(path))
                    .onErrorMap(IOException.class, _ -> new Failure.StorageFull("the upload").asException())
                    .map(path -> new Taken(fileField, JSON.nullNode(), Optional.of(path), name))
                    .flux();
        }
        return DataBufferUtils.join(
                        part.content(), Math.toIntExact(limits.form().toBytes()))
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> new Failure.BodyTooLarge(limits.form().toBytes()).asException())
                .map(buffer -> {
                    var text = buffer.toString(StandardCharsets.UTF_8);
                    DataBufferUtils.release(buffer);
                    return new Taken(part.name(), value(text), Optional.empty(), "");
                })
                .flux();
    }

    /// `job` holds the whole of the JSON; any other part is one field of it.
    private Form form(List<Taken> taken) {
        var fields = JSON.createObjectNode();
        var files = new ArrayList<Taken>();
        for (var part : taken) {
            if (part.file().isPresent()) {
                files.add(part);
            } else if (part.name().equals("job") && part.value() instanceof ObjectNode job) {
                fields.setAll(job);
            } else {
                fields.set(part.name(), part.value());
            }
        }
        if (files.size() > 1) {
            files.forEach(file -> file.file().ifPresent(uploads::discard));
            throw Failure.BadRequest.inField("body", "The form holds more than one file.")
                    .asException();
        }
        return files.isEmpty()
                ? new Form(fields, Optional.empty(), "")
                : new Form(fields, files.getFirst().file(), files.getFirst().fileName());
    }

    /// A form has only texts; one that is a JSON object or list is meant as such.
    private static JsonNode value(String text) {
        var start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                return JSON.readTree(text);
            } catch (JacksonException _) {
                return JSON.getNodeFactory().stringNode(text);
            }
        }
        return JSON.getNodeFactory().stringNode(text);
    }

    private static ObjectNode object(byte[] body) {
        try {
            if (BODY.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new Failure.BadRequest(
                            "invalid_json",
                            "The body is not valid JSON, from byte %d on."
                                    .formatted(e.getLocation().getByteOffset()),
                            Optional.empty())
                    .asException();
        }
        throw noObject();
    }

    private static RuntimeException noObject() {
        return new Failure.BadRequest("invalid_json", "The body is no JSON object.", Optional.empty()).asException();
    }

    private RuntimeException tooLarge() {
        return new Failure.BodyTooLarge(limits.upload().toBytes()).asException();
    }

    private static RuntimeException unsupported() {
        return new Failure.NoSuchRoute(
                        415, "unsupported_media_type", "Send `multipart/form-data` or `application/json`.")
                .asException();
    }

    /// Discards a file that nobody keeps.
    void discard(Form form) {
        form.file().ifPresent(path -> {
            try {
                uploads.discard(path);
            } catch (UncheckedIOException _) {
                // Nobody waits for it, and it is only space that is lost.
            }
        });
    }
}
