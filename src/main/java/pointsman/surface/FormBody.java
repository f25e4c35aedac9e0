package pointsman.surface;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.springframework.http.MediaType;
import pointsman.dialect.wire.Span;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// A request that is a multipart form. Its part `model` is written anew for each deployment; all
/// other parts pass as they are, byte for byte, with their own headers, and are not copied.
final class FormBody {
    private static final String MODEL = "model", STREAM = "stream";
    private static final String MODEL_HEAD = "Content-Disposition: form-data; name=\"model\"\r\n\r\n";
    private static final int LONGEST_BOUNDARY = 70;
    private static final int LONGEST_FIELD = 1_000;

    private final byte[] bytes;
    private final List<FormParts.Part> parts;

    private FormBody(byte[] bytes, List<FormParts.Part> parts) {
        this.bytes = bytes;
        this.parts = parts;
    }

    /// @param type its content type, with the boundary
    /// @throws FailureException a [Failure.BadRequest] if it cannot be read
    static SurfaceRequest read(Surface surface, MediaType type, byte[] bytes) {
        var boundary = boundary(type);
        var form = new FormBody(bytes, FormParts.of(bytes, boundary));
        var contentType = "multipart/form-data; boundary=\"%s\"".formatted(boundary);
        var isStream = form.field(STREAM).filter("true"::equalsIgnoreCase).isPresent();
        return new SurfaceRequest(surface, form.field(MODEL).orElse(""), 0, isStream, contentType, form::withModel);
    }

    private static String boundary(MediaType type) {
        var written = Optional.ofNullable(type.getParameter("boundary")).orElse("");
        var isQuoted = written.length() > 1 && written.startsWith("\"") && written.endsWith("\"");
        var boundary = isQuoted ? written.substring(1, written.length() - 1) : written;
        var isPlain = boundary.chars().allMatch(letter -> letter >= ' ' && letter < 0x7F && "\"\\".indexOf(letter) < 0);
        if (boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY || !isPlain || boundary.endsWith(" ")) {
            throw FormParts.invalid("its content type names no boundary of 1 to 70 letters");
        }
        return boundary;
    }

    private Optional<String> field(String name) {
        return part(name).map(part -> text(part.name(), part.value()));
    }

    private Optional<FormParts.Part> part(String name) {
        var all = parts.stream().filter(part -> part.name().equals(name)).toList();
        if (all.size() > 1) {
            throw Failure.BadRequest.inField(name, "The field '%s' stands twice.".formatted(name))
                    .asException();
        }
        return all.stream().findFirst();
    }

    private String text(String name, Span value) {
        if (value.length() > LONGEST_FIELD) {
            throw Failure.BadRequest.inField(name, "The field '%s' is too long.".formatted(name))
                    .asException();
        }
        return new String(bytes, value.start(), value.length(), UTF_8).strip();
    }

    private List<ByteBuffer> withModel(String id) {
        return part(MODEL)
                .map(FormParts.Part::whole)
                .map(at -> List.of(
                        ByteBuffer.wrap(bytes, 0, at.start()),
                        ByteBuffer.wrap((MODEL_HEAD + id).getBytes(UTF_8)),
                        ByteBuffer.wrap(bytes, at.end(), bytes.length - at.end())))
                .orElseGet(() -> List.of(ByteBuffer.wrap(bytes)));
    }
}
