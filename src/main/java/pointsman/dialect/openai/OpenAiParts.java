package pointsman.dialect.openai;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import pointsman.dialect.conversation.Conversation.Format;
import pointsman.dialect.conversation.Conversation.ToolChoice;
import pointsman.dialect.conversation.Fields;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.conversation.Part.Source;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What OpenAI's two dialects have in common: data URLs, marks for the prompt cache, schemas, lists of allowed
/// tools.
public final class OpenAiParts {
    private static final String BASE64 = ";base64,";

    private OpenAiParts() {}

    /// Reads a content that is a string or a list of parts.
    ///
    /// @param part what a part says; nothing if other dialects have no place for it
    public static List<Part> content(Fields message, String field, Function<Fields, List<Part>> part) {
        var value = message.take(field);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get().isString()) {
            return List.of(new Part.Text(value.get().asString(), cacheMark(message)));
        }
        return message.list(field, value.get(), part).stream()
                .flatMap(List::stream)
                .toList();
    }

    /// The instructions in a message of the system or the developer.
    public static List<Part.Text> instructions(Fields message) {
        return content(message, "content", OpenAiParts::instruction).stream()
                .map(Part.Text.class::cast)
                .toList();
    }

    private static List<Part> instruction(Fields part) {
        var type = part.requiredText("type");
        if (!type.endsWith("text")) {
            part.drop(type);
            return List.of();
        }
        var text = new Part.Text(part.requiredText("text"), cacheMark(part));
        part.end();
        return List.of(text);
    }

    /// An image or a file by its address, which may hold its bytes.
    public static Source source(Fields part, String field, String url) {
        if (!url.startsWith("data:")) {
            return new Source.Url(url);
        }
        var at = url.indexOf(BASE64);
        if (at < 0) {
            throw part.wrong(field, "is a data URL that is not in base64");
        }
        return new Source.Inline(url.substring("data:".length(), at), url.substring(at + BASE64.length()));
    }

    /// The same source as OpenAI writes it.
    public static String url(Source source) {
        return switch (source) {
            case Source.Url(var url) -> url;
            case Source.Inline(var mediaType, var data) -> "data:" + mediaType + BASE64 + data;
            case Source.Plain(var text) -> text;
        };
    }

    /// OpenAI's explicit breakpoint and Anthropic's `cache_control`, which some clients send to OpenAI's route
    /// too.
    public static Optional<JsonNode> cacheMark(Fields part) {
        var breakpoint = part.take("prompt_cache_breakpoint").map(_ -> (JsonNode) ephemeral());
        return part.take("cache_control").or(() -> breakpoint);
    }

    /// A file that stands in the request; one that was uploaded elsewhere cannot be sent on.
    public static Part document(Fields file, Optional<JsonNode> cache) {
        if (file.has("file_id")) {
            throw file.unsayable("file_id", "files that were uploaded to OpenAI are not there");
        }
        var title = file.text("filename");
        var url = file.text("file_url");
        var source =
                url.isPresent() ? new Source.Url(url.get()) : source(file, "file_data", file.requiredText("file_data"));
        return new Part.Document(source, title, cache);
    }

    /// `auto`, `none` or `required`.
    public static ToolChoice choice(Fields request, String field, String mode) {
        return switch (mode) {
            case "auto" -> new ToolChoice.Auto();
            case "none" -> new ToolChoice.None();
            case "required" -> new ToolChoice.Any();
            default -> throw request.unsayable(field, "the choice '%s' is not known".formatted(mode));
        };
    }

    /// The `json_schema` of a format.
    public static Format schema(Fields format) {
        var name = format.text("name").orElse("answer");
        var description = format.text("description");
        var schema = format.schema("schema");
        var strict = format.flag("strict");
        format.end();
        return new Format.Schema(name, description, schema, strict);
    }

    public static List<String> stop(Fields request) {
        var stop = request.take("stop");
        if (stop.isPresent() && stop.get().isString()) {
            return List.of(stop.get().asString());
        }
        return stop.map(words -> request.texts("stop", words)).orElse(List.of());
    }

    private static ObjectNode ephemeral() {
        return Json.object().put("type", "ephemeral");
    }
}
