package pointsman.dialect.chat;

import java.util.Optional;
import java.util.OptionalDouble;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/// Writes chat completion requests of one instruction and one text of a user's. Those that differ in the
/// user's text alone share every byte before it: what a prompt cache keeps, and what is written once for
/// all of them.
public final class ChatPrompt {
    private static final String END = "}]}";

    private final String head;

    /// @param parameters of the request
    /// @param system the instruction
    public ChatPrompt(Parameters parameters, String system) {
        var fields = Json.text(parameters.fields());
        this.head = fields.substring(0, fields.length() - 1)
                + ",\"messages\":[{\"role\":\"system\",\"content\":"
                + Json.MAPPER.writeValueAsString(system)
                + "},{\"role\":\"user\",\"content\":";
    }

    /// The request with this text of the user's.
    public String body(String user) {
        return head + Json.MAPPER.writeValueAsString(user) + END;
    }

    /// A request of a user's text alone.
    public static byte[] asked(String model, String user) {
        var body = Json.object().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", user);
        return Json.MAPPER.writeValueAsBytes(body);
    }

    /// What stands beside the messages.
    ///
    /// @param maxTokens of an answer; 0 if the model may decide
    /// @param schema that an answer must keep to
    public record Parameters(String model, OptionalDouble temperature, long maxTokens, Optional<ObjectNode> schema) {
        private ObjectNode fields() {
            var fields = Json.object().put("model", model);
            temperature.ifPresent(value -> fields.put("temperature", value));
            if (maxTokens > 0) {
                fields.put("max_completion_tokens", maxTokens);
            }
            schema.ifPresent(kept -> fields.putObject("response_format")
                    .put("type", "json_schema")
                    .putObject("json_schema")
                    .put("name", "answer")
                    .put("strict", true)
                    .set("schema", kept));
            return fields;
        }
    }
}
