package pointsman.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a well-behaved provider must answer to a request: a call of the tool that it is forced to call,
/// JSON of the schema that it is bound to, else plain text.
final class Wish {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Wish() {}

    /// The answer to this request.
    static Said of(JsonNode request) {
        var schema = schema(request);
        if (isForced(request.path("tool_choice")) && request.path("tools").size() > 0) {
            return callOf(tool(request));
        }
        return new Said.Text(
                schema.isMissingNode() ? Completions.TEXT : JSON.writeValueAsString(sample(schema, schema)));
    }

    /// A call of the first tool; plain text once its result is there.
    static Said callOnce(JsonNode request) {
        var messages = request.path("messages").toString() + request.path("input");
        var hasResult = messages.contains("\"role\":\"tool\"")
                || messages.contains("\"tool_result\"")
                || messages.contains("_call_output\"");
        return hasResult || request.path("tools").isEmpty()
                ? new Said.Text(Completions.TEXT)
                : callOf(request.path("tools").get(0));
    }

    private static boolean isForced(JsonNode choice) {
        return choice.isString()
                ? choice.asString().equals("required")
                : List.of("function", "tool", "any")
                        .contains(choice.path("type").asString(""));
    }

    private static JsonNode tool(JsonNode request) {
        var choice = request.path("tool_choice");
        var name = choice.path("name").asString(choice.at("/function/name").asString(""));
        return request.path("tools")
                .valueStream()
                .filter(tool -> name(tool).equals(name))
                .findFirst()
                .orElse(request.path("tools").get(0));
    }

    private static Said callOf(JsonNode tool) {
        if (tool.path("type").asString("").equals("custom")) {
            return new Said.Calls(List.of(new Said.ToolCall("call_1", name(tool), "a \"text\"", true)));
        }
        var parameters = tool.has("function")
                ? tool.at("/function/parameters")
                : tool.has("parameters") ? tool.path("parameters") : tool.path("input_schema");
        var arguments = JSON.writeValueAsString(sample(parameters, parameters));
        return new Said.Calls(List.of(new Said.ToolCall("call_1", name(tool), arguments)));
    }

    private static String name(JsonNode tool) {
        return tool.path("name").asString(tool.at("/function/name").asString(""));
    }

    private static JsonNode schema(JsonNode request) {
        var openAi = request.at("/response_format/json_schema/schema");
        var anthropic = request.at("/output_config/format/schema");
        return Stream.of(openAi, anthropic, request.at("/output_format/schema"), request.at("/text/format/schema"))
                .filter(schema -> !schema.isMissingNode())
                .findFirst()
                .orElse(anthropic);
    }

    /// A value that a JSON schema allows.
    private static JsonNode sample(JsonNode schema, JsonNode root) {
        if (schema.has("$ref")) {
            return sample(root.at(schema.path("$ref").asString().substring(1)), root);
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        if (schema.has("const")) {
            return schema.path("const");
        }
        if (schema.has("anyOf")) {
            return sample(schema.path("anyOf").get(0), root);
        }
        return ofType(schema, root);
    }

    private static JsonNode ofType(JsonNode schema, JsonNode root) {
        return switch (schema.path("type").asString("object")) {
            case "string" -> NODES.stringNode("Paris");
            case "integer" -> NODES.numberNode(7);
            case "number" -> NODES.numberNode(1.5);
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            case "array" -> NODES.arrayNode().add(sample(schema.path("items"), root));
            default ->
                JSON.valueToTree(schema.path("properties")
                        .propertyStream()
                        .collect(Collectors.toMap(field -> field.getKey(), field -> sample(field.getValue(), root))));
        };
    }
}
