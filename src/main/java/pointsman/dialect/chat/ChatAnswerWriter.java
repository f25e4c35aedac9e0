package pointsman.dialect.chat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Piece;
import pointsman.dialect.answer.Answer.Tokens;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Reason;
import pointsman.dialect.answer.AnswerWriter;
import pointsman.dialect.answer.UsageWriter;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes an answer as a chat completion. Thoughts go into `reasoning_content`, as most servers of this
/// dialect do; where they are signed, `thinking_blocks` brings them once more with their signatures, for a
/// client that gives the message back as it came.
public final class ChatAnswerWriter implements AnswerWriter {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final long createdSeconds;
    private final boolean usageAsked;
    private int calls;

    public ChatAnswerWriter(long createdSeconds, boolean usageAsked) {
        this.createdSeconds = createdSeconds;
        this.usageAsked = usageAsked;
    }

    @Override
    public ObjectNode whole(Answer answer, Tokens tokens) {
        var body = head("chat.completion", answer);
        var choice = body.putArray("choices").addObject().put("index", 0);
        writeMessage(choice.putObject("message"), answer);
        choice.putNull("logprobs").put("finish_reason", reason(answer.reason()));
        tokens.usage().ifPresent(usage -> body.set("usage", UsageWriter.chat(usage)));
        return body;
    }

    private static void writeMessage(ObjectNode message, Answer answer) {
        var content = new StringBuilder();
        var refusal = new StringBuilder();
        var reasoning = new StringBuilder();
        var thoughts = Json.MAPPER.createArrayNode();
        var called = Json.MAPPER.createArrayNode();
        for (var piece : answer.pieces()) {
            switch (piece.kind()) {
                case Kind.Text _ -> content.append(piece.text());
                case Kind.Refusal _ -> refusal.append(piece.text());
                case Kind.Thinking _ -> {
                    reasoning.append(piece.text());
                    addThought(thoughts, piece);
                }
                case Kind.Redacted redacted -> addRedacted(thoughts, redacted);
                case Kind.Call call -> writeCall(called.addObject(), call, piece.text());
            }
        }
        message.put("role", "assistant").put("content", content.isEmpty() ? null : content.toString());
        message.put("refusal", refusal.isEmpty() ? null : refusal.toString());
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        if (!thoughts.isEmpty()) {
            message.set("thinking_blocks", thoughts);
        }
        if (!called.isEmpty()) {
            message.set("tool_calls", called);
        }
    }

    @Override
    public void step(AnswerEvent step, Answer answer, ByteArrayOutputStream out) {
        switch (step) {
            case AnswerEvent.Begun _ ->
                write(answer, Json.object().put("role", "assistant").put("content", ""), out);
            case AnswerEvent.Opened(Kind.Call call) -> {
                var delta = Json.object();
                var entry = delta.putArray("tool_calls").addObject().put("index", calls++);
                writeCall(entry, call, "");
                write(answer, delta, out);
            }
            case AnswerEvent.Opened(Kind.Redacted redacted) -> {
                var delta = Json.object();
                addRedacted(delta.putArray("thinking_blocks"), redacted);
                write(answer, delta, out);
            }
            case AnswerEvent.Delta(var text) ->
                write(answer, delta(answer.pieces().getLast(), text), out);
            case AnswerEvent.Closed _
            when isSigned(answer.pieces().getLast()) -> {
                var delta = Json.object();
                addThought(delta.putArray("thinking_blocks"), answer.pieces().getLast());
                write(answer, delta, out);
            }
            case AnswerEvent.Opened _, AnswerEvent.Signed _, AnswerEvent.Closed _, AnswerEvent.Finished _ -> {}
        }
    }

    private ObjectNode delta(Piece piece, String text) {
        return switch (piece.kind()) {
            case Kind.Text _ -> Json.object().put("content", text);
            case Kind.Refusal _ -> Json.object().put("refusal", text);
            case Kind.Thinking _, Kind.Redacted _ -> Json.object().put("reasoning_content", text);
            case Kind.Call call -> {
                var delta = Json.object();
                delta.putArray("tool_calls")
                        .addObject()
                        .put("index", calls - 1)
                        .putObject(type(call))
                        .put(call.isCustom() ? "input" : "arguments", text);
                yield delta;
            }
        };
    }

    @Override
    public void end(Answer answer, Tokens tokens, ByteArrayOutputStream out) {
        var last = head("chat.completion.chunk", answer);
        var choice = last.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", reason(answer.reason()));
        AnswerWriter.data(last, out);
        if (usageAsked && tokens.usage().isPresent()) {
            var usage = head("chat.completion.chunk", answer);
            usage.putArray("choices");
            usage.set("usage", UsageWriter.chat(tokens.usage().get()));
            AnswerWriter.data(usage, out);
        }
        out.writeBytes(DONE);
    }

    private void write(Answer answer, ObjectNode delta, ByteArrayOutputStream out) {
        var chunk = head("chat.completion.chunk", answer);
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        AnswerWriter.data(chunk, out);
    }

    private ObjectNode head(String object, Answer answer) {
        return Json.object()
                .put("id", answer.id())
                .put("object", object)
                .put("created", createdSeconds)
                .put("model", answer.model());
    }

    private static boolean isSigned(Piece piece) {
        return piece.kind() instanceof Kind.Thinking && piece.signature().isPresent();
    }

    private static void addThought(ArrayNode thoughts, Piece piece) {
        piece.signature()
                .ifPresent(signature -> thoughts.addObject()
                        .put("type", "thinking")
                        .put("thinking", piece.text())
                        .put("signature", signature));
    }

    private static void addRedacted(ArrayNode thoughts, Kind.Redacted redacted) {
        thoughts.addObject().put("type", "redacted_thinking").put("data", redacted.data());
    }

    private static void writeCall(ObjectNode entry, Kind.Call call, String arguments) {
        entry.put("id", call.id())
                .put("type", type(call))
                .putObject(type(call))
                .put("name", call.name())
                .put(call.isCustom() ? "input" : "arguments", arguments);
    }

    private static String type(Kind.Call call) {
        return call.isCustom() ? "custom" : "function";
    }

    private static String reason(Reason reason) {
        return switch (reason) {
            case COMPLETE -> "stop";
            case LENGTH -> "length";
            case CALLS -> "tool_calls";
            case DECLINED -> "content_filter";
        };
    }
}
