package pointsman.dialect.responses;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import pointsman.dialect.conversation.Conversation.Role;
import pointsman.dialect.conversation.Conversation.Turn;
import pointsman.dialect.conversation.CustomTool;
import pointsman.dialect.conversation.OpenAiSeal;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.conversation.Part.Source;
import pointsman.dialect.conversation.ToolNames;
import pointsman.dialect.openai.OpenAiParts;
import pointsman.failure.Failure;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the turns of a conversation as the items of a response's input: each thought, call and result is
/// one, and the words between them are messages.
final class ResponsesInput {
    /// OpenAI's ids of calls are no longer.
    private static final int LONGEST_ID = 64;

    private static final int HASH = 8;

    private final ToolNames names;
    private final ArrayNode items;

    ResponsesInput(ToolNames names, ArrayNode items) {
        this.names = names;
        this.items = items;
    }

    /// Adds what was said at once, in its order.
    void add(Turn turn) {
        var words = new ArrayList<Part>();
        for (var part : turn.parts()) {
            switch (part) {
                case Part.Text _, Part.Refusal _, Part.Image _, Part.Document _ -> words.add(part);
                case Part.Thinking _, Part.Redacted _, Part.Call _, Part.Result _ -> {
                    message(turn, words);
                    item(part, turn);
                }
            }
        }
        message(turn, words);
    }

    private void message(Turn turn, List<Part> words) {
        if (words.isEmpty()) {
            return;
        }
        var role = turn.role() == Role.SYSTEM ? "developer" : turn.role().name().toLowerCase(Locale.ROOT);
        var message = items.addObject().put("type", "message").put("role", role);
        if (words.size() == 1 && words.getFirst() instanceof Part.Text only) {
            message.put("content", only.text());
        } else {
            var content = message.putArray("content");
            words.forEach(part -> part(content.addObject(), part, turn));
        }
        words.clear();
    }

    private void item(Part part, Turn turn) {
        var isAssistants = !(part instanceof Part.Result);
        if (isAssistants != (turn.role() == Role.ASSISTANT)) {
            throw misplaced(turn);
        }
        switch (part) {
            case Part.Thinking thought -> thought(thought);
            case Part.Call call -> call(call);
            case Part.Result result -> result(result, turn);
            case Part.Redacted _, Part.Text _, Part.Refusal _, Part.Image _, Part.Document _ -> {}
        }
    }

    /// A thought that OpenAI did not seal has no place there.
    private void thought(Part.Thinking thought) {
        thought.signature().flatMap(OpenAiSeal::of).ifPresent(seal -> {
            var item = items.addObject().put("type", "reasoning");
            if (!seal.id().isEmpty()) {
                item.put("id", seal.id());
            }
            var summary = item.putArray("summary");
            if (!thought.text().isEmpty()) {
                summary.addObject().put("type", "summary_text").put("text", thought.text());
            }
            item.put("encrypted_content", seal.sealed());
        });
    }

    private void call(Part.Call call) {
        var isCustom = names.isCustom(call.name());
        var item = items.addObject()
                .put("type", isCustom ? "custom_tool_call" : "function_call")
                .put("call_id", id(call.id()))
                .put("name", call.name());
        if (isCustom) {
            item.put("input", CustomTool.text(call.arguments()));
        } else {
            item.put("arguments", call.arguments());
        }
    }

    private void result(Part.Result result, Turn turn) {
        var item = items.addObject()
                .put("type", isOfCustomCall(result.callId()) ? "custom_tool_call_output" : "function_call_output")
                .put("call_id", id(result.callId()));
        var isText = result.content().stream().allMatch(Part.Text.class::isInstance);
        if (isText) {
            var texts = result.content().stream()
                    .map(part -> ((Part.Text) part).text())
                    .toList();
            item.put("output", (result.failed() ? "Error: " : "") + String.join("\n", texts));
            return;
        }
        var output = item.putArray("output");
        if (result.failed()) {
            output.addObject().put("type", "input_text").put("text", "Error:");
        }
        result.content().forEach(part -> part(output.addObject(), part, turn));
    }

    private boolean isOfCustomCall(String callId) {
        return items.valueStream()
                .anyMatch(item -> item.path("type").asString("").equals("custom_tool_call")
                        && item.path("call_id").asString("").equals(id(callId)));
    }

    private static void part(ObjectNode holder, Part part, Turn turn) {
        switch (part) {
            case Part.Text text ->
                holder.put("type", turn.role() == Role.ASSISTANT ? "output_text" : "input_text")
                        .put("text", text.text());
            case Part.Refusal(var text)
            when turn.role() == Role.ASSISTANT -> holder.put("type", "refusal").put("refusal", text);
            case Part.Refusal(var text) -> holder.put("type", "input_text").put("text", text);
            case Part.Image image
            when turn.role() != Role.ASSISTANT ->
                holder.put("type", "input_image")
                        .put("image_url", OpenAiParts.url(image.source()))
                        .put("detail", image.detail().orElse("auto"));
            case Part.Document document when turn.role() != Role.ASSISTANT -> document(holder, document);
            case Part.Image _, Part.Document _, Part.Thinking _, Part.Redacted _, Part.Call _, Part.Result _ ->
                throw misplaced(turn);
        }
    }

    private static void document(ObjectNode holder, Part.Document document) {
        switch (document.source()) {
            case Source.Plain(var text) -> holder.put("type", "input_text").put("text", text);
            case Source.Url(var url) -> holder.put("type", "input_file").put("file_url", url);
            case Source.Inline inline ->
                holder.put("type", "input_file")
                        .put("filename", document.title().orElse("document.pdf"))
                        .put("file_data", OpenAiParts.url(inline));
        }
    }

    private static String id(String id) {
        if (id.length() <= LONGEST_ID) {
            return id;
        }
        var hash = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
        return id.substring(0, LONGEST_ID - HASH - 1) + "_" + hash.substring(0, HASH);
    }

    private static RuntimeException misplaced(Turn turn) {
        return new Failure.BadRequest(
                        "invalid_request",
                        "What stands in '%s' cannot be said by the %s."
                                .formatted(turn.at(), turn.role().name().toLowerCase(Locale.ROOT)),
                        Optional.of(turn.at()))
                .asException();
    }
}
