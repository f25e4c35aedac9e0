package pointsman.dialect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import pointsman.dialect.Conversation.Setting;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of one object of a request, taken out one by one. What is left in the end is what a translation
/// does not know, and [#end] refuses it by name: that is how nothing is dropped silently. A field that is null
/// is absent.
final class Fields {
    private final String upstream;
    private final String path;
    private final ObjectNode left;

    private Fields(String upstream, String path, ObjectNode object) {
        this.upstream = upstream;
        this.path = path;
        this.left = Json.object().setAll(object);
    }

    /// The fields of a whole request.
    ///
    /// @param upstream the name of the one that the request is for
    static Fields of(String upstream, ObjectNode request) {
        return new Fields(upstream, "", request);
    }

    /// Takes a field out.
    Optional<JsonNode> take(String field) {
        return Optional.ofNullable(left.remove(field)).filter(value -> !value.isNull());
    }

    /// Whether there is such a field.
    boolean has(String field) {
        return left.hasNonNull(field);
    }

    Optional<String> text(String field) {
        return take(field).map(value -> {
            if (!value.isString()) {
                throw wrong(field, "must be a string");
            }
            return value.asString();
        });
    }

    String requiredText(String field) {
        return text(field).orElseThrow(() -> missing(field));
    }

    Optional<Boolean> flag(String field) {
        return take(field).map(value -> {
            if (!value.isBoolean()) {
                throw wrong(field, "must be true or false");
            }
            return value.asBoolean();
        });
    }

    Optional<Fields> object(String field) {
        return take(field).map(value -> nested(field, value));
    }

    Fields requiredObject(String field) {
        return object(field).orElseThrow(() -> missing(field));
    }

    /// Takes a list of objects, each read by `reader`; an absent list is an empty one.
    <T> List<T> objects(String field, Function<Fields, T> reader) {
        return take(field).map(value -> list(field, value, reader)).orElse(List.of());
    }

    /// Reads a value that was taken as a list of objects.
    <T> List<T> list(String field, JsonNode value, Function<Fields, T> reader) {
        if (!(value instanceof ArrayNode list)) {
            throw wrong(field, "must be a list");
        }
        var read = new ArrayList<T>();
        for (var i = 0; i < list.size(); i++) {
            read.add(reader.apply(nested("%s[%d]".formatted(field, i), list.get(i))));
        }
        return read;
    }

    /// Takes a list of strings; an absent list is an empty one.
    List<String> texts(String field) {
        return take(field).map(value -> texts(field, value)).orElse(List.of());
    }

    /// Reads a value that was taken as a list of strings.
    List<String> texts(String field, JsonNode value) {
        if (!value.isArray() || value.valueStream().anyMatch(element -> !element.isString())) {
            throw wrong(field, "must be a list of strings");
        }
        return value.valueStream().map(JsonNode::asString).toList();
    }

    /// Takes a JSON schema; an absent one is that of an object without properties.
    ObjectNode schema(String field) {
        return take(field)
                .map(value -> {
                    if (!(value instanceof ObjectNode schema)) {
                        throw wrong(field, "must be a JSON schema");
                    }
                    return schema;
                })
                .orElseGet(Fields::noProperties);
    }

    /// Takes plain values out, each by its own name.
    Map<String, Setting> settings(String... fields) {
        var settings = new LinkedHashMap<String, Setting>();
        for (var field : fields) {
            take(field).ifPresent(value -> settings.put(field, new Setting(at(field), value)));
        }
        return settings;
    }

    /// Takes out what has no meaning elsewhere, by a rule that says so.
    void forget(String... fields) {
        for (var field : fields) {
            left.remove(field);
        }
    }

    /// Refuses what was not taken.
    void end() {
        left.forEachEntry((field, value) -> {
            if (!value.isNull()) {
                throw unsayable(field, "there is no translation of this field for it");
            }
        });
    }

    /// What the request wants cannot be said to this upstream.
    FailureException unsayable(String field, String why) {
        return new Failure.UnsupportedByUpstream(upstream, at(field), why).asException();
    }

    /// The request is wrong, whoever it is for.
    FailureException wrong(String field, String what) {
        return Failure.BadRequest.inField(at(field), "The field '%s' %s.".formatted(at(field), what))
                .asException();
    }

    private FailureException missing(String field) {
        return wrong(field, "is missing");
    }

    /// Reads a value that was taken as an object.
    Fields nested(String field, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            throw wrong(field, "must be an object");
        }
        return new Fields(upstream, at(field), object);
    }

    /// Where a field stands in the request; of an empty name, where this object stands.
    String at(String field) {
        return path.isEmpty() ? field : field.isEmpty() ? path : path + "." + field;
    }

    private static ObjectNode noProperties() {
        var schema = Json.object().put("type", "object");
        schema.putObject("properties");
        return schema;
    }
}
