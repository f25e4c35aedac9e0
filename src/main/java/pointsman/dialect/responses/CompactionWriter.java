package pointsman.dialect.responses;

import java.io.ByteArrayOutputStream;
import java.util.stream.Collectors;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Tokens;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Reason;
import pointsman.dialect.answer.AnswerWriter;
import pointsman.dialect.answer.UsageWriter;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a summary as the `compaction` item that OpenAI's clients expect: in a response, or, by a route of
/// its own, behind all that the user said. What they keep of it they give back, and forget the rest: so a
/// summary that is not whole is a failure.
public final class CompactionWriter implements AnswerWriter {
    private final String upstream;
    private final ObjectNode asked;
    private final boolean isOwnRoute;
    private final long createdSeconds;
    private int sequence;

    /// @param upstream that is asked, for failures
    /// @param isOwnRoute whether the client called `/responses/compact`
    public CompactionWriter(String upstream, ObjectNode asked, boolean isOwnRoute, long createdSeconds) {
        this.upstream = upstream;
        this.asked = asked;
        this.isOwnRoute = isOwnRoute;
        this.createdSeconds = createdSeconds;
    }

    @Override
    public ObjectNode whole(Answer answer, Tokens tokens) {
        var item = item(answer);
        var body = isOwnRoute ? compacted(answer) : response(answer, "completed");
        ((ArrayNode) body.path("output")).add(item);
        body.set("usage", UsageWriter.responses(tokens.known()));
        return body;
    }

    private ObjectNode compacted(Answer answer) {
        var body = Json.object()
                .put("id", "resp_" + answer.id())
                .put("object", "response.compaction")
                .put("created_at", createdSeconds)
                .put("model", answer.model());
        var output = body.putArray("output");
        for (var item : asked.path("input")) {
            if (item.path("role").asString("").equals("user")) {
                output.add(message(item, "msg_%s_%d".formatted(answer.id(), output.size())));
            }
        }
        return body;
    }

    /// What the user said, as an item of an output.
    private static ObjectNode message(JsonNode said, String id) {
        var item = Json.object().put("id", said.path("id").asString(id));
        item.put("type", "message").put("status", "completed").put("role", "user");
        var content = item.putArray("content");
        if (said.path("content").isString()) {
            content.addObject()
                    .put("type", "input_text")
                    .put("text", said.path("content").asString());
        } else {
            said.path("content").forEach(content::add);
        }
        return item;
    }

    private ObjectNode response(Answer answer, String status) {
        var body = Json.object()
                .put("id", "resp_" + answer.id())
                .put("object", "response")
                .put("created_at", createdSeconds)
                .put("status", status)
                .putNull("error")
                .putNull("incomplete_details")
                .put("model", answer.model())
                .put("store", false)
                .put("parallel_tool_calls", true)
                .put("tool_choice", "auto")
                .putNull("usage");
        body.putArray("tools");
        body.putArray("output");
        return body;
    }

    private ObjectNode item(Answer answer) {
        var summary = answer.pieces().stream()
                .filter(piece -> piece.kind() instanceof Kind.Text)
                .map(Answer.Piece::text)
                .collect(Collectors.joining("\n"))
                .strip();
        if (summary.isEmpty() || answer.reason() != Reason.COMPLETE) {
            throw new Failure.UpstreamInvalidAnswer(upstream, "it did not sum the conversation up").asException();
        }
        return Json.object()
                .put("id", "cmp_" + answer.id())
                .put("type", "compaction")
                .put("encrypted_content", SealedSummary.seal(summary));
    }

    /// The item comes when the summary is whole; until then there is nothing of it to be told.
    @Override
    public void step(AnswerEvent step, Answer answer, ByteArrayOutputStream out) {
        if (step instanceof AnswerEvent.Begun) {
            write("response.created", "response", response(answer, "in_progress"), out);
            write("response.in_progress", "response", response(answer, "in_progress"), out);
        }
    }

    @Override
    public void end(Answer answer, Tokens tokens, ByteArrayOutputStream out) {
        var body = whole(answer, tokens);
        write("response.output_item.added", "item", item(answer), out);
        write("response.output_item.done", "item", item(answer), out);
        write("response.completed", "response", body, out);
    }

    private void write(String type, String field, ObjectNode what, ByteArrayOutputStream out) {
        var event = Json.object().put("type", type).put("sequence_number", sequence++);
        if (field.equals("item")) {
            event.put("output_index", 0);
        }
        event.set(field, what);
        AnswerWriter.event(event, out);
    }
}
