package pointsman.dialect.responses;

import java.util.List;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The items of a response: every part of an answer is one.
final class ResponsesItem {
    private ResponsesItem() {}

    /// What an item is called: by the answer, its kind and its place.
    static String id(Answer answer, int index) {
        var prefix = switch (answer.pieces().get(index).kind()) {
            case Kind.Text _, Kind.Refusal _ -> "msg";
            case Kind.Thinking _, Kind.Redacted _ -> "rs";
            case Kind.Call call -> call.isCustom() ? "ctc" : "fc";
        };
        return "%s_%s_%d".formatted(prefix, answer.id(), index);
    }

    /// An item as it opens: nothing is in it yet.
    static ObjectNode opened(Answer answer, int index) {
        var item = of(answer, index, "in_progress");
        for (var list : List.of("content", "summary")) {
            if (item.path(list) instanceof ArrayNode parts) {
                parts.removeAll();
            }
        }
        return item;
    }

    /// An item with everything that its part has so far.
    static ObjectNode of(Answer answer, int index, String status) {
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
            case Kind.Call call -> {
                item.put("type", call.isCustom() ? "custom_tool_call" : "function_call")
                        .put("status", status)
                        .put("call_id", call.id())
                        .put("name", call.name());
                if (!call.namespace().isEmpty()) {
                    item.put("namespace", call.namespace());
                }
                yield item.put(call.isCustom() ? "input" : "arguments", piece.text());
            }
        };
    }

    static ObjectNode part(Kind kind, String text) {
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

    static ObjectNode withLogprobs(ObjectNode object) {
        object.putArray("logprobs");
        return object;
    }
}
