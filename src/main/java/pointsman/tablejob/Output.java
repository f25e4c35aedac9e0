package pointsman.tablejob;

import java.util.List;
import java.util.Optional;
import pointsman.failure.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What an answer shall look like.
sealed interface Output {
    /// The mapper of this family; its trees keep numbers to the digit.
    JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// What the instruction says about it; empty if nothing.
    String sentence();

    /// The JSON schema of one answer, if it has one.
    Optional<ObjectNode> schema();

    /// Takes one answer from what a model wrote.
    ///
    /// @return the value, or nothing if this is no such answer
    Optional<JsonNode> read(JsonNode written);

    /// Whatever the model writes, but nothing.
    record Text() implements Output {
        @Override
        public String sentence() {
            return "";
        }

        @Override
        public Optional<ObjectNode> schema() {
            return Optional.empty();
        }

        @Override
        public Optional<JsonNode> read(JsonNode written) {
            return Optional.of(written)
                    .filter(value -> !value.isNull()
                            && !(value.isString() && value.asString().isBlank()));
        }
    }

    /// One of these.
    record Choice(List<String> values) implements Output {
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public String sentence() {
            return "The answer is exactly one of: %s.".formatted(String.join(", ", values));
        }

        @Override
        public Optional<ObjectNode> schema() {
            var schema = JSON.createObjectNode().put("type", "string");
            values.forEach(schema.putArray("enum")::add);
            return Optional.of(schema);
        }

        @Override
        public Optional<JsonNode> read(JsonNode written) {
            var word = written.asString("").strip();
            return values.stream()
                    .filter(value -> value.equalsIgnoreCase(word))
                    .findFirst()
                    .map(JSON::valueToTree);
        }
    }

    /// A JSON object of this schema.
    record Schema(ObjectNode schemaNode) implements Output {
        @Override
        public String sentence() {
            return "The answer is a JSON object of this schema: %s.".formatted(schemaNode);
        }

        @Override
        public Optional<ObjectNode> schema() {
            return Optional.of(schemaNode);
        }

        @Override
        public Optional<JsonNode> read(JsonNode written) {
            var value = written.isString() ? parsed(written.asString()) : Optional.of(written);
            return value.filter(JsonNode::isObject).filter(answer -> SchemaCheck.isKept(schemaNode, answer));
        }
    }

    /// Reads `"text"`, `{"enum": [...]}` or `{"json_schema": {...}}`.
    ///
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] if it is none of these
    static Output of(JsonNode node) {
        if (node.isMissingNode() || node.isNull() || node.asString("").equals("text")) {
            return new Text();
        }
        if (node.path("enum").isArray() && node.size() == 1) {
            return choice(node.path("enum"));
        }
        if (node.path("json_schema") instanceof ObjectNode schema && node.size() == 1) {
            return new Schema(schema.path("schema") instanceof ObjectNode inner ? inner : schema);
        }
        throw Failure.BadRequest.inField(
                        "output", "'output' is \"text\", {\"enum\": [\"a\", \"b\"]} or {\"json_schema\": {...}}.")
                .asException();
    }

    /// Writes what [#of] reads.
    static JsonNode json(Output output) {
        return switch (output) {
            case Text _ -> JSON.getNodeFactory().stringNode("text");
            case Choice(var values) -> {
                var json = JSON.createObjectNode();
                values.forEach(json.putArray("enum")::add);
                yield json;
            }
            case Schema(var schema) -> {
                var json = JSON.createObjectNode();
                json.putObject("json_schema").set("schema", schema);
                yield json;
            }
        };
    }

    private static Choice choice(JsonNode values) {
        var words =
                values.valueStream().map(value -> value.asString("")).distinct().toList();
        if (words.size() < 2 || words.size() > 1_000 || words.contains("") || words.size() != values.size()) {
            throw Failure.BadRequest.inField(
                            "output", "'output.enum' has 2 to 1000 different texts, none of them empty.")
                    .asException();
        }
        return new Choice(words);
    }

    private static Optional<JsonNode> parsed(String text) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }
}
