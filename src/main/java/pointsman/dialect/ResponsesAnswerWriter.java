package pointsman.dialect;

import java.io.ByteArrayOutputStream;
import java.util.List;
import pointsman.dialect.Answer.Tokens;
import pointsman.dialect.AnswerEvent.Kind;
import pointsman.dialect.AnswerEvent.Reason;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes an answer as a response of OpenAI's, whose stream tells each step of each item by an event of its
/// own. Every part is an item: words and refusals are messages, thoughts are reasoning with a summary, calls
/// are calls.
final class ResponsesAnswerWriter implements AnswerWriter {
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

    ResponsesAnswerWriter(ObjectNode asked, long createdSeconds) {
        this.asked = asked;
        this.createdSeconds = createdSeconds;
    }

    @Override
    public ObjectNode whole(Answer answer, Tokens tokens) {
        var body = response(answer, status(answer));
        var output = (ArrayNode) body.path("output");
        for (var i = 0; i < answer.pieces().size(); i++) {
            output.add(item(answer, i, itemStatus(answer, i)));
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
            case AnswerEvent.Opened _ -> writeOpened(answer, out);
            case AnswerEvent.Delta(var text) -> writeDelta(answer, text, out);
            case AnswerEvent.Closed _ -> writeClosed(answer, out);
            case AnswerEvent.Signed _, AnswerEvent.Finished _ -> {}
        }
    }

    private void writeOpened(Answer answer, ByteArrayOutputStream out) {
        var index = last(answer);
        var added = event("response.output_item.added").put("output_index", index);
        added.set("item", opened(answer, index));
        write(added, out);
        switch (answer.pieces().getLast().kind()) {
            case Kind.Text _, Kind.Refusal _ -> {
                var part = about("response.content_part.added", answer).put("content_index", 0);
                part.set("part", part(answer.pieces().getLast().kind(), ""));
                write(part, out);
            }
            case Kind.Thinking _ -> {
                var part =
                        about("response.reasoning_summary_part.added", answer).put("summary_index", 0);
                part.set("part", part(answer.pieces().getLast().kind(), ""));
                write(part, out);
            }
            case Kind.Redacted _, Kind.Call _ -> {}
        }
    }

    private void writeDelta(Answer answer, String text, ByteArrayOutputStream out) {
        var event = switch (answer.pieces().getLast().kind()) {
            case Kind.Text _ ->
                withLogprobs(about("response.output_text.delta", answer).put("content_index", 0));
            case Kind.Refusal _ -> about("response.refusal.delta", answer).put("content_index", 0);
            case Kind.Thinking _, Kind.Redacted _ ->
                about("response.reasoning_summary_text.delta", answer).put("summary_index", 0);
            case Kind.Call _ -> about("response.function_call_arguments.delta", answer);
        };
        write(event.put("delta", text), out);
    }

    private void writeClosed(Answer answer, ByteArrayOutputStream out) {
        var piece = answer.pieces().getLast();
        var text = piece.text();
        switch (piece.kind()) {
            case Kind.Text _ -> {
                write(
                        withLogprobs(about("response.output_text.done", answer)
                                .put("content_index", 0)
                                .put("text", text)),
                        out);
                writePartDone("response.content_part.done", "content_index", answer, out);
            }
            case Kind.Refusal _ -> {
                write(
                        about("response.refusal.done", answer)
                                .put("content_index", 0)
                                .put("refusal", text),
                        out);
                writePartDone("response.content_part.done", "content_index", answer, out);
            }
            case Kind.Thinking _ -> {
                write(
                        about("response.reasoning_summary_text.done", answer)
                                .put("summary_index", 0)
                                .put("text", text),
                        out);
                writePartDone("response.reasoning_summary_part.done", "summary_index", answer, out);
            }
            case Kind.Call call ->
                write(
                        about("response.function_call_arguments.done", answer)
                                .put("name", call.name())
                                .put("arguments", text),
                        out);
            case Kind.Redacted _ -> {}
        }
        var done = event("response.output_item.done").put("output_index", last(answer));
        done.set("item", item(answer, last(answer), "completed"));
        write(done, out);
    }

    private void writePartDone(String type, String index, Answer answer, ByteArrayOutputStream out) {
        var piece = answer.pieces().getLast();
        var done = about(type, answer).put(index, 0);
        done.set("part", part(piece.kind(), piece.text()));
        write(done, out);
    }

    @Override
    public void end(Answer answer, Tokens tokens, ByteArrayOutputStream out) {
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

    /// An event about the open item.
    private static ObjectNode about(String type, Answer answer) {
        var index = last(answer);
        return event(type).put("item_id", id(answer, index)).put("output_index", index);
    }

    private static ObjectNode withLogprobs(ObjectNode event) {
        event.putArray("logprobs");
        return event;
    }

    private static int last(Answer answer) {
        return answer.pieces().size() - 1;
    }

    private static String id(Answer answer, int index) {
        var prefix = switch (answer.pieces().get(index).kind()) {
            case Kind.Text _, Kind.Refusal _ -> "msg";
            case Kind.Thinking _, Kind.Redacted _ -> "rs";
            case Kind.Call _ -> "fc";
        };
        return "%s_%s_%d".formatted(prefix, answer.id(), index);
    }

    /// An item as it opens: nothing is in it yet.
    private static ObjectNode opened(Answer answer, int index) {
        var item = item(answer, index, "in_progress");
        for (var list : List.of("content", "summary")) {
            if (item.path(list) instanceof ArrayNode parts) {
                parts.removeAll();
            }
        }
        return item;
    }

    /// An item with everything that its part has so far.
    private static ObjectNode item(Answer answer, int index, String status) {
        var piece = answer.pieces().get(index);
        var item = Json.object().put("id", id(answer, index));
        return switch (piece.kind()) {
            case Kind.Text _, Kind.Refusal _ -> {
                item.put("type", "message").put("status", status).put("role", "assistant");
                item.putArray("content").add(part(piece.kind(), piece.text()));
                yield item;
            }
            case Kind.Thinking _ -> {
                item.put("type", "reasoning").put("status", status);
                item.putArray("summary").add(part(piece.kind(), piece.text()));
                piece.signature().ifPresent(name -> item.put("encrypted_content", SealedThought.signed(name)));
                yield item;
            }
            case Kind.Redacted(var data) -> {
                item.put("type", "reasoning").put("status", status);
                item.putArray("summary");
                yield item.put("encrypted_content", SealedThought.redacted(data));
            }
            case Kind.Call(var id, var name) ->
                item.put("type", "function_call")
                        .put("status", status)
                        .put("call_id", id)
                        .put("name", name)
                        .put("arguments", piece.text());
        };
    }

    private static ObjectNode part(Kind kind, String text) {
        return switch (kind) {
            case Kind.Text _ -> {
                var part = Json.object().put("type", "output_text").put("text", text);
                part.putArray("annotations");
                yield withLogprobs(part);
            }
            case Kind.Refusal _ -> Json.object().put("type", "refusal").put("refusal", text);
            case Kind.Thinking _, Kind.Redacted _, Kind.Call _ ->
                Json.object().put("type", "summary_text").put("text", text);
        };
    }
}
