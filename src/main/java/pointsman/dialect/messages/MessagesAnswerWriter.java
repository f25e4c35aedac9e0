package pointsman.dialect.messages;

import java.io.ByteArrayOutputStream;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Piece;
import pointsman.dialect.answer.Answer.Tokens;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Reason;
import pointsman.dialect.answer.AnswerWriter;
import pointsman.dialect.answer.UsageWriter;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/// Writes an answer as one of Anthropic's messages. Its usage cannot be left out: where the upstream states
/// none, it is the estimate that is booked. A thought that nobody signed has an empty signature.
///
/// The input of a call has to be an object, and the SDKs give a stream up in which it turns out to be none.
/// So a call is written when it is complete, as Anthropic itself does, with pings until then; see
/// [ToolInput] for what becomes of one that is malformed.
public final class MessagesAnswerWriter implements AnswerWriter {
    private int block = -1;
    private boolean isCallHeld;

    @Override
    public ObjectNode whole(Answer answer, Tokens tokens) {
        var body = message(answer);
        var content = body.putArray("content");
        for (var piece : answer.pieces()) {
            if (!isCutCall(piece, answer)) {
                content.add(block(piece));
            }
        }
        writeStop(body, answer);
        body.set("usage", UsageWriter.messages(tokens.known()));
        return body;
    }

    /// A call that a limit of tokens has cut has no arguments that could be said here, and is not to be made.
    private static boolean isCutCall(Piece piece, Answer answer) {
        return answer.reason() == Reason.LENGTH
                && piece == answer.pieces().getLast()
                && piece.kind() instanceof Kind.Call
                && ToolInput.object(piece.text()).isEmpty();
    }

    /// A complete block.
    private ObjectNode block(Piece piece) {
        var block = opened(piece.kind());
        switch (piece.kind()) {
            case Kind.Text _, Kind.Refusal _ -> block.put("text", piece.text());
            case Kind.Thinking _ ->
                block.put("thinking", piece.text())
                        .put("signature", piece.signature().orElse(""));
            case Kind.Redacted _ -> {}
            case Kind.Call _ -> block.set("input", ToolInput.any(piece.text()));
        }
        return block;
    }

    @Override
    public void step(AnswerEvent step, Answer answer, ByteArrayOutputStream out) {
        switch (step) {
            case AnswerEvent.Begun _ -> writeStart(answer, out);
            case AnswerEvent.Opened(var kind) -> {
                writeHeldCall(answer, answer.pieces().size() - 2, out);
                if (kind instanceof Kind.Call) {
                    isCallHeld = true;
                } else {
                    writeOpened(kind, out);
                }
            }
            case AnswerEvent.Delta _ when isCallHeld -> AnswerWriter.event(event("ping"), out);
            case AnswerEvent.Delta(var text) ->
                writeDelta(delta(answer.pieces().getLast().kind(), text), out);
            case AnswerEvent.Signed(var signature) ->
                writeDelta(Json.object().put("type", "signature_delta").put("signature", signature), out);
            case AnswerEvent.Closed _
            when isCallHeld -> {
                // One that is malformed waits: if it is the last, a limit may have cut it.
                var last = answer.pieces().size() - 1;
                if (ToolInput.object(answer.pieces().get(last).text()).isPresent()) {
                    writeHeldCall(answer, last, out);
                }
            }
            case AnswerEvent.Closed _ -> writeClosed(out);
            case AnswerEvent.Finished _ -> {}
        }
    }

    private void writeHeldCall(Answer answer, int index, ByteArrayOutputStream out) {
        if (isCallHeld) {
            isCallHeld = false;
            var piece = answer.pieces().get(index);
            writeOpened(piece.kind(), out);
            var input = Json.text(ToolInput.any(piece.text()));
            writeDelta(Json.object().put("type", "input_json_delta").put("partial_json", input), out);
            writeClosed(out);
        }
    }

    private void writeOpened(Kind kind, ByteArrayOutputStream out) {
        block++;
        var event = event("content_block_start").put("index", block);
        event.set("content_block", opened(kind));
        AnswerWriter.event(event, out);
    }

    private void writeClosed(ByteArrayOutputStream out) {
        AnswerWriter.event(event("content_block_stop").put("index", block), out);
    }

    /// How many tokens went in is known at the end only; `message_delta` tells it then.
    private static void writeStart(Answer answer, ByteArrayOutputStream out) {
        var event = event("message_start");
        var message = message(answer).putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage").put("input_tokens", 0).put("output_tokens", 0);
        event.set("message", message);
        AnswerWriter.event(event, out);
    }

    private void writeDelta(ObjectNode delta, ByteArrayOutputStream out) {
        var event = event("content_block_delta").put("index", block);
        event.set("delta", delta);
        AnswerWriter.event(event, out);
    }

    private static ObjectNode delta(Kind kind, String text) {
        return switch (kind) {
            case Kind.Text _, Kind.Refusal _ ->
                Json.object().put("type", "text_delta").put("text", text);
            case Kind.Thinking _, Kind.Redacted _, Kind.Call _ ->
                Json.object().put("type", "thinking_delta").put("thinking", text);
        };
    }

    @Override
    public void end(Answer answer, Tokens tokens, ByteArrayOutputStream out) {
        if (isCallHeld && !isCutCall(answer.pieces().getLast(), answer)) {
            writeHeldCall(answer, answer.pieces().size() - 1, out);
        }
        var event = event("message_delta");
        writeStop(event.putObject("delta"), answer);
        event.set("usage", UsageWriter.messages(tokens.known()));
        AnswerWriter.event(event, out);
        AnswerWriter.event(event("message_stop"), out);
    }

    private static ObjectNode message(Answer answer) {
        var message = Json.object()
                .put("id", answer.id())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", answer.model());
        message.putArray("content");
        return message;
    }

    /// A block as it opens, with nothing in it.
    private static ObjectNode opened(Kind kind) {
        return switch (kind) {
            case Kind.Text _, Kind.Refusal _ ->
                Json.object().put("type", "text").put("text", "");
            case Kind.Thinking _ ->
                Json.object().put("type", "thinking").put("thinking", "").put("signature", "");
            case Kind.Redacted(var data) ->
                Json.object().put("type", "redacted_thinking").put("data", data);
            case Kind.Call call -> {
                var block = Json.object()
                        .put("type", "tool_use")
                        .put("id", MessagesConversationWriter.id(call.id()))
                        .put("name", call.name());
                block.putObject("input");
                yield block;
            }
        };
    }

    private static void writeStop(ObjectNode holder, Answer answer) {
        var sequence = answer.stopSequence();
        holder.put("stop_reason", reason(answer)).put("stop_sequence", sequence.isEmpty() ? null : sequence);
    }

    private static String reason(Answer answer) {
        return switch (answer.reason()) {
            case COMPLETE ->
                isRefused(answer) ? "refusal" : answer.stopSequence().isEmpty() ? "end_turn" : "stop_sequence";
            case LENGTH -> "max_tokens";
            case CALLS -> "tool_use";
            case DECLINED -> "refusal";
        };
    }

    private static boolean isRefused(Answer answer) {
        return answer.pieces().stream().anyMatch(piece -> piece.kind() instanceof Kind.Refusal);
    }

    private static ObjectNode event(String type) {
        return Json.object().put("type", type);
    }
}
