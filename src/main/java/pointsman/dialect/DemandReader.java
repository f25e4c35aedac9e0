package pointsman.dialect;

import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.JsonToken;

/// Reads which capabilities the fields of a request ask for, in the words of any dialect. What is no value
/// of its field asks for nothing: whoever answers says what is wrong with it.
final class DemandReader {
    private static final String SCHEMA = "json_schema";

    private final BodyParser body;
    private final EnumSet<Capability> found = EnumSet.noneOf(Capability.class);

    DemandReader(BodyParser body) {
        this.body = body;
    }

    /// All that was found.
    Set<Capability> found() {
        return found;
    }

    /// Reads the value of a field, to its end.
    ///
    /// @return whether this field can ask for anything; else nothing was read
    boolean read(String field) {
        switch (field) {
            case "n" ->
                add(
                        Capability.N,
                        body.is(JsonToken.VALUE_NUMBER_INT) && !body.string().equals("1"));
            case "logprobs" -> add(Capability.LOGPROBS, body.is(JsonToken.VALUE_TRUE));
            case "functions" -> add(Capability.TOOLS, hasElements());
            case "response_format", "text", "output_config", "output_format" ->
                add(Capability.JSON_SCHEMA, namesSchema());
            default -> {
                return false;
            }
        }
        body.skip();
        return true;
    }

    private void add(Capability capability, boolean isAsked) {
        if (isAsked) {
            found.add(capability);
        }
    }

    /// Whether the value is a list with something in it; it is read to its end.
    private boolean hasElements() {
        if (!body.is(JsonToken.START_ARRAY)) {
            return false;
        }
        var hasAny = false;
        while (body.nextElement()) {
            hasAny = true;
            body.skip();
        }
        return hasAny;
    }

    /// Whether a `type` in the object, or in its `format`, is a schema; the object is read to its end.
    private boolean namesSchema() {
        if (!body.is(JsonToken.START_OBJECT)) {
            return false;
        }
        var isSchema = false;
        while (body.nextField()) {
            switch (body.value()) {
                case "type" ->
                    isSchema |= body.is(JsonToken.VALUE_STRING) && body.string().equals(SCHEMA);
                case "format" -> isSchema |= namesSchema();
                default -> {}
            }
            body.skip();
        }
        return isSchema;
    }
}
