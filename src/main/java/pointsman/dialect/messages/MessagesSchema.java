package pointsman.dialect.messages;

import java.util.List;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON schemas as Anthropic takes them: it is stricter than others about what a schema has to say.
final class MessagesSchema {
    private static final List<String> BY_NAME = List.of("properties", "$defs", "definitions");
    private static final List<String> IN_LISTS = List.of("anyOf", "allOf", "oneOf", "prefixItems");

    private MessagesSchema() {}

    /// The schema of a tool's input, which has to say that it is an object.
    static ObjectNode input(ObjectNode schema) {
        return schema.has("type") ? schema : Json.object().put("type", "object").setAll(schema);
    }

    /// The schema of an answer, in which every object has to be closed.
    static ObjectNode answer(ObjectNode schema) {
        var closed = schema.deepCopy();
        close(closed);
        return closed;
    }

    private static void close(JsonNode node) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        var further = schema.path("additionalProperties");
        var isObject = schema.path("type").asString("").equals("object") || schema.has("properties");
        if (isObject && (further.isMissingNode() || further.isBoolean())) {
            schema.put("additionalProperties", false);
        }
        BY_NAME.forEach(name -> schema.path(name).forEach(MessagesSchema::close));
        IN_LISTS.forEach(name -> schema.path(name).forEach(MessagesSchema::close));
        close(schema.path("items"));
    }
}
