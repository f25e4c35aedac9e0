package pointsman.dialect.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import pointsman.dialect.conversation.Fields;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.conversation.Part.Source;
import pointsman.dialect.conversation.ToolNames;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;

/// Reads the content blocks of Anthropic's messages. What only Anthropic knows is read for the text in it,
/// as far as there is one; the blocks of tools that Anthropic runs by itself are left out, for the answer
/// that follows them says what they brought.
final class MessagesBlocks {
    /// A line that names the client program to Anthropic, with a hash that changes with every release and
    /// every turn: elsewhere it instructs nobody, and a prompt that begins with it is cached by nobody.
    private static final String BILLING = "x-anthropic-billing-header:";

    private final ToolNames names;

    MessagesBlocks(ToolNames names) {
        this.names = names;
    }

    /// A content that is a string or a list of blocks.
    List<Part> content(Fields holder, String field) {
        return content(holder, field, this::block);
    }

    /// Instructions, which are text.
    static List<Part> instructions(Fields holder, String field) {
        return content(holder, field, MessagesBlocks::instruction);
    }

    private static List<Part> content(Fields holder, String field, Function<Fields, List<Part>> block) {
        var value = holder.take(field);
        if (value.isEmpty()) {
            return List.of();
        }
        return value.get().isString()
                ? List.of(Part.Text.of(value.get().asString()))
                : holder.list(field, value.get(), block).stream()
                        .flatMap(List::stream)
                        .toList();
    }

    private static List<Part> instruction(Fields block) {
        var type = block.requiredText("type");
        if (!type.equals("text")) {
            return dropped(block, type);
        }
        var text = text(block, block.take("cache_control"));
        block.end();
        return text.text().startsWith(BILLING) ? List.of() : List.of(text);
    }

    private List<Part> block(Fields block) {
        var type = block.requiredText("type");
        var cache = block.take("cache_control");
        List<Part> parts = switch (type) {
            case "text" -> List.of(text(block, cache));
            case "image" -> List.of(new Part.Image(source(block.requiredObject("source")), Optional.empty(), cache));
            case "document" -> document(block, cache);
            case "search_result" -> List.of(searchResult(block, cache));
            case "thinking" -> List.of(new Part.Thinking(block.requiredText("thinking"), block.text("signature")));
            case "redacted_thinking" -> List.of(new Part.Redacted(block.requiredText("data")));
            case "tool_use" -> List.of(call(block, cache));
            case "tool_result" -> List.of(result(block, cache));
            case "tool_reference" -> List.of(toolReference(block, cache));
            // All that came before it, in Anthropic's own words.
            case "compaction" ->
                block.text("content")
                        .<List<Part>>map(text -> List.of(Part.Text.of(text)))
                        .orElse(List.of());
            case "container_upload" -> throw block.unsayable("type", "containers are Anthropic's own");
            default -> dropped(block, type);
        };
        block.end();
        return parts;
    }

    private static List<Part> dropped(Fields block, String type) {
        block.drop(type);
        return List.of();
    }

    /// The citations of an answer are part of it no more when it is given back.
    private static Part.Text text(Fields block, Optional<JsonNode> cache) {
        block.forget("citations");
        return new Part.Text(block.requiredText("text"), cache);
    }

    /// A document may be made of blocks, which say what they are themselves.
    private List<Part> document(Fields block, Optional<JsonNode> cache) {
        var title = block.text("title");
        var context = block.text("context");
        var source = block.requiredObject("source");
        var parts = new ArrayList<Part>();
        context.ifPresent(text -> parts.add(Part.Text.of(text)));
        if (source.has("content")) {
            source.forget("type");
            title.ifPresent(text -> parts.add(Part.Text.of(text)));
            parts.addAll(content(source, "content"));
            source.end();
        } else {
            parts.add(new Part.Document(source(source), title, cache));
        }
        return parts;
    }

    private Part searchResult(Fields block, Optional<JsonNode> cache) {
        block.forget("citations");
        var lines = new ArrayList<String>();
        block.text("title").ifPresent(lines::add);
        block.text("source").ifPresent(lines::add);
        for (var part : content(block, "content")) {
            if (part instanceof Part.Text text) {
                lines.add(text.text());
            }
        }
        return new Part.Text(String.join("\n", lines), cache);
    }

    /// A tool that a search for tools has found: here it is offered already.
    private Part toolReference(Fields block, Optional<JsonNode> cache) {
        return new Part.Text("Found the tool %s.".formatted(names.of("", block.requiredText("tool_name"))), cache);
    }

    private static Source source(Fields source) {
        var type = source.requiredText("type");
        var read = switch (type) {
            case "base64" -> new Source.Inline(source.requiredText("media_type"), source.requiredText("data"));
            case "url" -> new Source.Url(source.requiredText("url"));
            case "text" -> {
                source.forget("media_type");
                yield new Source.Plain(source.requiredText("data"));
            }
            default -> throw source.unsayable("type", "sources of type '%s' are not there".formatted(type));
        };
        source.end();
        return read;
    }

    private Part call(Fields block, Optional<JsonNode> cache) {
        block.forget("caller");
        var input = block.take("input").map(Json::text).orElse("{}");
        var name = names.of("", block.requiredText("name"));
        return new Part.Call(block.requiredText("id"), name, input, cache);
    }

    private Part result(Fields block, Optional<JsonNode> cache) {
        return new Part.Result(
                block.requiredText("tool_use_id"),
                content(block, "content"),
                block.flag("is_error").orElse(false),
                cache);
    }
}
