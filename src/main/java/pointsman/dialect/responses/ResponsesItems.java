package pointsman.dialect.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import pointsman.dialect.conversation.Conversation.Role;
import pointsman.dialect.conversation.Conversation.Turn;
import pointsman.dialect.conversation.CustomTool;
import pointsman.dialect.conversation.Fields;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.conversation.ToolNames;
import pointsman.dialect.openai.OpenAiParts;
import tools.jackson.databind.JsonNode;

/// Reads the items of OpenAI's responses that a client gives back: what was said, thought, called and
/// brought. A call that the client answers with an item of its own is a call in every dialect, whatever the
/// tool is; one that OpenAI made by itself is left out, for the answer that follows says what it brought.
final class ResponsesItems {
    private static final String OUTPUT = "_output";

    private final ResponsesTools tools;
    private final ToolNames names;
    private final Set<String> answered;

    /// @param tools takes those that an item brings
    /// @param input all items, to know which calls have been answered
    ResponsesItems(ResponsesTools tools, JsonNode input) {
        this.tools = tools;
        this.names = tools.offer().names();
        this.answered = input.valueStream()
                .filter(item -> item.path("type").asString("").endsWith(OUTPUT))
                .map(item -> item.path("call_id").asString(""))
                .collect(Collectors.toSet());
    }

    /// Reads an item that is no message.
    ///
    /// @return the turn that it is; none if other dialects have no place for it
    Optional<Turn> read(String type, Fields item) {
        return switch (type) {
            case "function_call" -> Optional.of(turn(Role.ASSISTANT, List.of(call(item)), item));
            case "custom_tool_call" -> Optional.of(turn(Role.ASSISTANT, List.of(customCall(item)), item));
            case "additional_tools" -> {
                item.forget("role");
                item.each("tools", tools::add);
                yield Optional.empty();
            }
            case "agent_message" -> Optional.of(turn(Role.USER, agentMessage(item), item));
            case "compaction" -> compaction(item);
            case Compaction.TRIGGER -> Optional.of(Compaction.turn(item.at("")));
            case "reasoning" -> Optional.of(turn(Role.ASSISTANT, reasoning(item), item));
            case "item_reference" ->
                throw item.unsayable(
                        "type", "responses are not kept here; with `store: false` clients send the items themselves");
            default -> other(type, item);
        };
    }

    /// All that came before, as this gateway has summed it up. What OpenAI has is for OpenAI only to read.
    private static Optional<Turn> compaction(Fields item) {
        var summary = item.text("encrypted_content").flatMap(SealedSummary::open);
        if (summary.isEmpty()) {
            item.drop("compaction");
        }
        return summary.map(text -> turn(Role.USER, List.of(Part.Text.of(SealedSummary.words(text))), item));
    }

    private Optional<Turn> other(String type, Fields item) {
        // A search for tools brings some.
        item.each("tools", tools::add);
        var callId = item.text("call_id").filter(answered::contains);
        if (callId.isEmpty()) {
            item.drop(type);
            return Optional.empty();
        }
        if (type.endsWith(OUTPUT)) {
            return Optional.of(turn(Role.USER, List.of(result(callId.get(), item)), item));
        }
        var name = names.of("", type.endsWith("_call") ? type.substring(0, type.length() - "_call".length()) : type);
        return Optional.of(
                turn(Role.ASSISTANT, List.of(new Part.Call(callId.get(), name, item.rest(), Optional.empty())), item));
    }

    private static Turn turn(Role role, List<Part> parts, Fields item) {
        return new Turn(role, parts, item.at(""));
    }

    private Part call(Fields item) {
        var namespace = item.text("namespace").orElse("");
        return new Part.Call(
                item.requiredText("call_id"),
                names.of(namespace, item.requiredText("name")),
                item.text("arguments").orElse(""),
                Optional.empty());
    }

    private Part customCall(Fields item) {
        var namespace = item.text("namespace").orElse("");
        return new Part.Call(
                item.requiredText("call_id"),
                names.of(namespace, item.requiredText("name")),
                CustomTool.arguments(item.text("input").orElse("")),
                Optional.empty());
    }

    /// What another agent of the client says to this one.
    private static List<Part> agentMessage(Fields item) {
        item.forget("recipient");
        var parts = new ArrayList<Part>();
        item.text("author").ifPresent(author -> parts.add(Part.Text.of("Message from %s:".formatted(author))));
        parts.addAll(content(item, "content"));
        return parts;
    }

    /// What a tool brought: text, parts, or an object of its own, which is an image or is told as JSON.
    private static Part result(String callId, Fields item) {
        item.forget("name", "max_output_length");
        var content = item.takeObject("output")
                .map(object -> List.of(own(item.nested("output", object))))
                .orElseGet(() -> content(item, "output"));
        return new Part.Result(callId, content, false, Optional.empty());
    }

    private static Part own(Fields output) {
        if (!output.has("image_url")) {
            return Part.Text.of(output.rest());
        }
        output.forget("type");
        var image = image(output, Optional.empty());
        output.end();
        return image;
    }

    private static List<Part> reasoning(Fields item) {
        var sealed = item.text("encrypted_content");
        var said = item.objects("summary", ResponsesItems::thought);
        var thought = item.objects("content", ResponsesItems::thought);
        return SealedThought.open(sealed, String.join("\n", said.isEmpty() ? thought : said));
    }

    private static String thought(Fields part) {
        part.forget("type");
        var text = part.requiredText("text");
        part.end();
        return text;
    }

    /// A content that is a string or a list of parts.
    static List<Part> content(Fields item, String field) {
        return OpenAiParts.content(item, field, ResponsesItems::part);
    }

    private static List<Part> part(Fields part) {
        var type = part.requiredText("type");
        var cache = OpenAiParts.cacheMark(part);
        part.forget("annotations", "logprobs");
        List<Part> read = switch (type) {
            case "input_text", "output_text", "text" -> List.of(new Part.Text(part.requiredText("text"), cache));
            case "refusal" -> List.of(new Part.Refusal(part.requiredText("refusal")));
            case "input_image" -> List.of(image(part, cache));
            case "input_file" -> List.of(file(part, cache));
            case "input_audio" -> throw part.unsayable("type", "it does not listen");
            default -> {
                part.drop(type);
                yield List.of();
            }
        };
        part.end();
        return read;
    }

    private static Part image(Fields part, Optional<JsonNode> cache) {
        if (part.has("file_id")) {
            throw part.unsayable("file_id", "files that were uploaded to OpenAI are not there");
        }
        var source = OpenAiParts.source(part, "image_url", part.requiredText("image_url"));
        return new Part.Image(source, part.text("detail"), cache);
    }

    private static Part file(Fields part, Optional<JsonNode> cache) {
        part.forget("detail");
        return OpenAiParts.document(part, cache);
    }
}
