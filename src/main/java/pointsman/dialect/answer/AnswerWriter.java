package pointsman.dialect.answer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import pointsman.dialect.answer.Answer.Tokens;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/// Writes an answer for a client. One writer writes one answer.
public interface AnswerWriter {
    /// The body of a buffered answer.
    ObjectNode whole(Answer answer, Tokens tokens);

    /// Writes the events that a step makes.
    ///
    /// @param answer all steps up to and with this one
    void step(AnswerEvent step, Answer answer, ByteArrayOutputStream out);

    /// Writes the events that end a whole answer.
    void end(Answer answer, Tokens tokens, ByteArrayOutputStream out);

    /// Writes an event with a name, which its data repeats as its `type`.
    static void event(ObjectNode data, ByteArrayOutputStream out) {
        out.writeBytes(("event: " + data.path("type").asString("") + "\n").getBytes(StandardCharsets.UTF_8));
        data(data, out);
    }

    /// Writes an event without a name.
    static void data(ObjectNode data, ByteArrayOutputStream out) {
        out.writeBytes("data: ".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(Json.MAPPER.writeValueAsBytes(data));
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    }
}
