package pointsman.dialect.responses;

import java.io.ByteArrayOutputStream;
import java.util.List;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Tokens;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Reason;
import pointsman.dialect.answer.AnswerWriter;
import pointsman.dialect.answer.UsageWriter;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes an answer as a response of OpenAI's, whose stream tells each step of each item by an event of its
/// own. Every part is an item: words and refusals are messages, thoughts are reasoning with a summary, calls
/// are calls.
public final class ResponsesAnswerWriter implements AnswerWriter {
    /// What a response repeats of its request, and what it says where the request said nothing; null says null.
    private static final List<String> REPEATED = List.of(
            "instructions",
            "max_output_tokens",
            "metadata",
            "parallel_tool_calls",
            "reasoning",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_p",
            "truncation",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "service_tier");

    private final ObjectNode asked;
    private final long createdSeconds;
    private int sequence;
    private boolean closing;

    public ResponsesAnswerWriter(ObjectNode asked, long createdSeconds) {
        this.asked = asked;
        this.createdSeconds = createdSeconds;
    }

    @Override
    public ObjectNode whole(Answer answer, Tokens tokens) {
        var body = response(answer, status(answer));
        var output = (ArrayNode) body.path("output");
        for (var i = 0; i < answer.pieces().size(); i++) {
            output.add(ResponsesItem.of(answer, i, itemStatus(answer, i)));
        }
        tokens.usage().ifPresent(usage -> body.set("usage", UsageWriter.responses(usage)));
        return body;
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
                .put("background", false)
                .putNull("previous_response_id")
                .putNull("usage");
        body.putArray("output");
        if (status.equals("incomplete")) {
            var reason = answer.reason() == Reason.LENGTH ? "max_output_tokens" : "content_filter";
            body.putObject("incomplete_details").put("reason", reason);
        }
        repeat(body);
        return body;
    }

    private void repeat(ObjectNode body) {
        body.put("parallel_tool_calls", true).put("tool_choice", "auto").put("truncation", "disabled");
        body.putArray("tools");
        body.putObject("metadata");
        body.putObject("text").putObject("format").put("type", "text");
        body.putNull("instructions")
                .putNull("max_output_tokens")
                .putNull("temperature")
                .putNull("top_p");
        for (var field : REPEATED) {
            if (asked.hasNonNull(field)) {
                body.set(field, asked.path(field));
            }
        }
    }

    private static String status(Answer answer) {
        return switch (answer.reason()) {
            case COMPLETE, CALLS -> "completed";
            case LENGTH, DECLINED -> "incomplete";
        };
    }

    /// Only the last item can be cut by a limit.
    private static String itemStatus(Answer answer, int index) {
        var isLast = index == answer.pieces().size() - 1;
        return isLast && answer.reason() == Reason.LENGTH ? "incomplete" : "completed";
    }

    @Override
    public void step(AnswerEvent step, Answer answer, ByteArrayOutputStream out) {
        switch (step) {
            case AnswerEvent.Begun _ -> {
                writeResponse("response.created", response(answer, "in_progress"), out);
                writeResponse("response.in_progress", response(answer, "in_progress"), out);
            }
            case AnswerEvent.Opened _ -> {
                closeLast(answer, out);
                writeOpened(answer, out);
            }
            case AnswerEvent.Delta(var text) -> writeDelta(answer, text, out);
            case AnswerEvent.Closed _ -> closing = true;
            case AnswerEvent.Signed _, AnswerEvent.Finished _ -> {}
        }
    }

    /// An item is told to be complete when the next one opens: only then is it sure that no limit has cut it.
    private void closeLast(Answer answer, ByteArrayOutputStream out) {
        if (closing) {
            closing = false;
            writeClosed(answer, answer.pieces().size() - 2, "completed", out);
        }
    }

    private void writeOpened(Answer answer, ByteArrayOutputStream out) {
        var index = last(answer);
        var added = event("response.output_item.added").put("output_index", index);
        added.set("item", ResponsesItem.opened(answer, index));
        write(added, out);
        switch (answer.pieces().getLast().kind()) {
            case Kind.Text _, Kind.Refusal _ -> {
                var part = about("response.content_part.added", answer, last(answer))
                        .put("content_index", 0);
                part.set("part", ResponsesItem.part(answer.pieces().getLast().kind(), ""));
                write(part, out);
            }
            case Kind.Thinking _ -> {
                var part = about("response.reasoning_summary_part.added", answer, last(answer))
                        .put("summary_index", 0);
                part.set("part", ResponsesItem.part(answer.pieces().getLast().kind(), ""));
                write(part, out);
            }
            case Kind.Redacted _, Kind.Call _ -> {}
        }
    }

    private void writeDelta(Answer answer, String text, ByteArrayOutputStream out) {
        var event = switch (answer.pieces().getLast().kind()) {
            case Kind.Text _ ->
                ResponsesItem.withLogprobs(about("response.output_text.delta", answer, last(answer))
                        .put("content_index", 0));
            case Kind.Refusal _ ->
                about("response.refusal.delta", answer, last(answer)).put("content_index", 0);
            case Kind.Thinking _, Kind.Redacted _ ->
                about("response.reasoning_summary_text.delta", answer, last(answer))
                        .put("summary_index", 0);
            case Kind.Call call -> about(called(call) + ".delta", answer, last(answer));
        };
        write(event.put("delta", text), out);
    }

    private void writeClosed(Answer answer, int index, String status, ByteArrayOutputStream out) {
        var piece = answer.pieces().get(index);
        switch (piece.kind()) {
            case Kind.Text _ -> {
                var done = ResponsesItem.withLogprobs(
                        about("response.output_text.done", answer, index).put("content_index", 0));
                write(done.put("text", piece.text()), out);
                writePartDone("response.content_part.done", "content_index", answer, index, out);
            }
            case Kind.Refusal _ -> {
                var done = about("response.refusal.done", answer, index).put("content_index", 0);
                write(done.put("refusal", piece.text()), out);
                writePartDone("response.content_part.done", "content_index", answer, index, out);
            }
            case Kind.Thinking _ -> {
                var done = about("response.reasoning_summary_text.done", answer, index)
                        .put("summary_index", 0);
                write(done.put("text", piece.text()), out);
                writePartDone("response.reasoning_summary_part.done", "summary_index", answer, index, out);
            }
            case Kind.Call call -> {
                var done = about(called(call) + ".done", answer, index);
                write(
                        call.isCustom()
                                ? done.put("input", piece.text())
                                : done.put("name", call.name()).put("arguments", piece.text()),
                        out);
            }
            case Kind.Redacted _ -> {}
        }
        var done = event("response.output_item.done").put("output_index", index);
        done.set("item", ResponsesItem.of(answer, index, status));
        write(done, out);
    }

    private static String called(Kind.Call call) {
        return call.isCustom() ? "response.custom_tool_call_input" : "response.function_call_arguments";
    }

    private void writePartDone(String type, String field, Answer answer, int index, ByteArrayOutputStream out) {
        var piece = answer.pieces().get(index);
        var done = about(type, answer, index).put(field, 0);
        done.set("part", ResponsesItem.part(piece.kind(), piece.text()));
        write(done, out);
    }

    @Override
    public void end(Answer answer, Tokens tokens, ByteArrayOutputStream out) {
        if (closing) {
            writeClosed(answer, last(answer), itemStatus(answer, last(answer)), out);
        }
        var body = whole(answer, tokens);
        writeResponse("response." + body.path("status").asString(""), body, out);
    }

    private void writeResponse(String type, ObjectNode response, ByteArrayOutputStream out) {
        var event = event(type);
        event.set("response", response);
        write(event, out);
    }

    private void write(ObjectNode event, ByteArrayOutputStream out) {
        AnswerWriter.event(event.put("sequence_number", sequence++), out);
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }

    /// An event about an item.
    private static ObjectNode about(String type, Answer answer, int index) {
        return event(type).put("item_id", ResponsesItem.id(answer, index)).put("output_index", index);
    }

    private static int last(Answer answer) {
        return answer.pieces().size() - 1;
    }
}
