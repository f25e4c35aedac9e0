package pointsman.dialect.habit;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The schemas that an answer or a call has to follow to the letter. A bound that a provider cannot keep to
/// is a demand; what only explains a schema is left out.
final class SchemaFitting {
    private static final List<String> BY_NAME = List.of("properties", "$defs", "definitions");
    private static final List<String> IN_LISTS = List.of("anyOf", "allOf", "oneOf", "prefixItems");
    private static final List<String> WITHIN = List.of("items", "not", "if", "then", "else");
    private static final Set<String> EXPLAINING = Set.of("$schema", "$id", "$comment", "title", "default", "examples");

    private final Fitting fitting;
    private final List<String> refused;
    private final boolean isClosed;
    private final boolean isAllRequired;

    private SchemaFitting(Fitting fitting) {
        this.fitting = fitting;
        this.refused = fitting.habits().list(Habit.SCHEMA_REFUSES);
        this.isClosed = fitting.habits().list(Habit.STRICT).contains("closed");
        this.isAllRequired = fitting.habits().list(Habit.STRICT).contains("all-required");
    }

    static void fit(Fitting fitting) {
        var habits = fitting.habits();
        if (habits.has(Habit.STRICT) || habits.has(Habit.SCHEMA_REFUSES)) {
            new SchemaFitting(fitting).fit();
        }
    }

    private void fit() {
        var request = fitting.request();
        for (var tool : request.path("tools")) {
            var offered = fitting.habits().isChat() ? tool.path("function") : tool;
            if (isStrict(offered)) {
                schema(
                        offered.has("parameters") ? offered.path("parameters") : offered.path("input_schema"),
                        "tools.parameters");
            }
        }
        var format = request.path("response_format").path("json_schema");
        if (isStrict(format)) {
            schema(format.path("schema"), "response_format.schema");
        }
        var text = request.path("text").path("format");
        if (isStrict(text)) {
            schema(text.path("schema"), "text.format.schema");
        }
        schema(request.path("output_config").path("format").path("schema"), "output_config.format.schema");
    }

    private static boolean isStrict(JsonNode holder) {
        return holder.path("strict").asBoolean(false);
    }

    private void schema(JsonNode node, String at) {
        if (!(node instanceof ObjectNode schema)) {
            return;
        }
        refused.forEach(keyword -> removeKeyword(schema, keyword, at));
        if (schema.path("type").asString("").equals("object") || schema.has("properties")) {
            close(schema, at);
            requireAll(schema, at);
        }
        BY_NAME.forEach(name -> schema.path(name).forEach(inner -> schema(inner, at)));
        IN_LISTS.forEach(name -> schema.path(name).forEach(inner -> schema(inner, at)));
        WITHIN.forEach(name -> schema(schema.path(name), at));
    }

    private void removeKeyword(ObjectNode schema, String keyword, String at) {
        if (!schema.has(keyword)) {
            return;
        }
        if (!EXPLAINING.contains(keyword)) {
            throw fitting.refused(at, "a strict schema has no '%s' there".formatted(keyword));
        }
        schema.remove(keyword);
        fitting.name(at + "." + keyword);
    }

    private void close(ObjectNode schema, String at) {
        var further = schema.path("additionalProperties");
        if (!isClosed || (further.isBoolean() && !further.booleanValue())) {
            return;
        }
        if (!further.isMissingNode()) {
            throw fitting.refused(at, "the objects of a strict schema are closed there");
        }
        schema.put("additionalProperties", false);
        fitting.change();
    }

    private void requireAll(ObjectNode schema, String at) {
        var required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        if (isAllRequired && !required.containsAll(schema.path("properties").propertyNames())) {
            throw fitting.refused(at, "every property of a strict schema is required there");
        }
    }
}
