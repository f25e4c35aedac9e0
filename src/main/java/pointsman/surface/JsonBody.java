package pointsman.surface;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.wire.Json;
import pointsman.dialect.wire.Span;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads a JSON request. Only where `model` stands is remembered; all else keeps its bytes.
final class JsonBody {
    private static final String MODEL = "model", STREAM = "stream", INPUT = "input";
    private static final Set<String> ONCE = Set.of(MODEL, STREAM);

    private final byte[] bytes;
    private final Set<String> seen = new HashSet<>();
    private String model = "";
    private @Nullable Span modelAt;
    private boolean isStream;
    private long characters;

    private JsonBody(byte[] bytes) {
        this.bytes = bytes;
    }

    /// @throws FailureException a [Failure.BadRequest] if it is no JSON object, or names its model
    ///     wrongly
    static SurfaceRequest read(Surface surface, byte[] bytes) {
        var body = new JsonBody(bytes);
        try (var json = Json.MAPPER.createParser(bytes)) {
            body.read(json);
        } catch (JacksonException _) {
            throw invalid("The body is not valid JSON: %s.".formatted(Json.fault(bytes)));
        }
        return new SurfaceRequest(
                surface, body.model, body.characters, body.isStream, "application/json", body::withModel);
    }

    private void read(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw invalid("The body is no JSON object.");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            var name = json.currentName();
            json.nextToken();
            if (!seen.add(name) && ONCE.contains(name)) {
                throw inField(name, "The field '%s' stands twice.".formatted(name));
            }
            field(name, json);
        }
        if (json.nextToken() != null) {
            throw invalid("The body is not valid JSON: something follows its object.");
        }
    }

    private void field(String name, JsonParser json) {
        switch (name) {
            case MODEL -> model(json);
            case STREAM -> isStream = json.currentToken() == JsonToken.VALUE_TRUE;
            case INPUT -> {
                characters = json.currentToken() == JsonToken.VALUE_STRING ? json.getStringLength() : 0;
                json.skipChildren();
            }
            default -> json.skipChildren();
        }
    }

    private void model(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw inField(MODEL, "The field 'model' must be a string.");
        }
        int start = (int) json.currentTokenLocation().getByteOffset();
        model = json.getString();
        json.finishToken();
        int end = (int) json.currentLocation().getByteOffset();
        if (start < 0 || end > bytes.length || bytes[start] != '"' || bytes[end - 1] != '"') {
            throw invalid("The body must be JSON in UTF-8.");
        }
        modelAt = new Span(start, end);
    }

    private List<ByteBuffer> withModel(String id) {
        var at = modelAt;
        return at == null
                ? List.of(ByteBuffer.wrap(bytes))
                : List.of(
                        ByteBuffer.wrap(bytes, 0, at.start()),
                        ByteBuffer.wrap(Json.MAPPER.writeValueAsString(id).getBytes(UTF_8)),
                        ByteBuffer.wrap(bytes, at.end(), bytes.length - at.end()));
    }

    private static FailureException invalid(String message) {
        return new Failure.BadRequest("invalid_json", message, Optional.empty()).asException();
    }

    private static FailureException inField(String field, String message) {
        return Failure.BadRequest.inField(field, message).asException();
    }
}
