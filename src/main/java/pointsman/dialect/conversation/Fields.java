package pointsman.dialect.conversation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import pointsman.dialect.conversation.Conversation.Setting;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of one object of a request, taken out one by one. What is left in the end is what a
/// translation does not know, and [#end] drops or refuses it by name: that is how nothing is lost silently.
/// A field that is null is absent.
public final class Fields {
    private final Dropped dropped;
    private final String path;
    private final ObjectNode left;

    private Fields(Dropped dropped, String path, ObjectNode object) {
        this.dropped = dropped;
        this.path = path;
        this.left = Json.object().setAll(object);
    }

    /// The fields of a whole request.
    ///
    /// @param dropped takes what is left out of it
    public static Fields of(Dropped dropped, ObjectNode request) {
        return new Fields(dropped, "", request);
    }

    /// Takes a field out.
    public Optional<JsonNode> take(String field) {
        return Optional.ofNullable(left.remove(field)).filter(value -> !value.isNull());
    }

    /// Takes a field out if it is an object.
    public Optional<ObjectNode> takeObject(String field) {
        return left.path(field) instanceof ObjectNode ? take(field).map(ObjectNode.class::cast) : Optional.empty();
    }

    /// Takes out all that is left, as JSON.
    public String rest() {
        var rest = Json.text(left);
        left.removeAll();
        return rest;
    }

    /// Whether there is such a field.
    public boolean has(String field) {
        return left.hasNonNull(field);
    }

    public Optional<String> text(String field) {
        return take(field).map(value -> {
            if (!value.isString()) {
                throw wrong(field, "must be a string");
            }
            return value.asString();
        });
    }

    public String requiredText(String field) {
        return text(field).orElseThrow(() -> missing(field));
    }

    public Optional<Boolean> flag(String field) {
        return take(field).map(value -> {
            if (!value.isBoolean()) {
                throw wrong(field, "must be true or false");
            }
            return value.asBoolean();
        });
    }

    public Optional<Fields> object(String field) {
        return take(field).map(value -> nested(field, value));
    }

    public Fields requiredObject(String field) {
        return object(field).orElseThrow(() -> missing(field));
    }

    /// Takes a list of objects, each read by `reader`; an absent list is an empty one.
    public <T> List<T> objects(String field, Function<Fields, T> reader) {
        return take(field).map(value -> list(field, value, reader)).orElse(List.of());
    }

    /// Takes a list of objects and gives each to `reader`.
    public void each(String field, Consumer<Fields> reader) {
        objects(field, Function.identity()).forEach(reader);
    }

    /// Reads a value that was taken as a list of objects.
    public <T> List<T> list(String field, JsonNode value, Function<Fields, T> reader) {
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
    public List<String> texts(String field) {
        return take(field).map(value -> texts(field, value)).orElse(List.of());
    }

    /// Reads a value that was taken as a list of strings.
    public List<String> texts(String field, JsonNode value) {
        if (!value.isArray() || value.valueStream().anyMatch(element -> !element.isString())) {
            throw wrong(field, "must be a list of strings");
        }
        return value.valueStream().map(JsonNode::asString).toList();
    }

    /// Takes a JSON schema; an absent one is that of an object without properties.
    public ObjectNode schema(String field) {
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
    public Map<String, Setting> settings(String... fields) {
        var settings = new LinkedHashMap<String, Setting>();
        for (var field : fields) {
            take(field).ifPresent(value -> settings.put(field, new Setting(at(field), value)));
        }
        return settings;
    }

    /// Takes out what has no meaning elsewhere, by a rule that says so.
    public void forget(String... fields) {
        for (var field : fields) {
            left.remove(field);
        }
    }

    /// Leaves this object out, which is of a kind that other dialects have no place for.
    ///
    /// @param kind what it is, for the client to know
    public void drop(String kind) {
        dropped.name(at(kind));
        left.removeAll();
    }

    /// Notes something else that is left out of this object.
    public void note(String what) {
        dropped.name(at(what));
    }

    /// Drops what was not taken, or refuses it where it changes what is asked.
    public void end() {
        left.forEachEntry((field, value) -> dropped.field(at(field), value));
    }

    /// What the request wants cannot be said to this upstream.
    public FailureException unsayable(String field, String why) {
        return new Failure.UnsupportedByUpstream(dropped.upstream(), at(field), why).asException();
    }

    /// The request is wrong, whoever it is for.
    public FailureException wrong(String field, String what) {
        return Failure.BadRequest.inField(at(field), "The field '%s' %s.".formatted(at(field), what))
                .asException();
    }

    private FailureException missing(String field) {
        return wrong(field, "is missing");
    }

    /// Reads a value that was taken as an object.
    public Fields nested(String field, JsonNode value) {
        if (!(value instanceof ObjectNode object)) {
            throw wrong(field, "must be an object");
        }
        return new Fields(dropped, at(field), object);
    }

    /// Where a field stands in the request; of an empty name, where this object stands.
    public String at(String field) {
        return path.isEmpty() ? field : field.isEmpty() ? path : path + "." + field;
    }

    private static ObjectNode noProperties() {
        var schema = Json.object().put("type", "object");
        schema.putObject("properties");
        return schema;
    }
}
