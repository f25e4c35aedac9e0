package pointsman.dialect.messages;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import pointsman.dialect.conversation.Conversation;
import pointsman.dialect.conversation.Conversation.Effort;
import pointsman.dialect.conversation.Conversation.Format;
import pointsman.dialect.conversation.Conversation.Role;
import pointsman.dialect.conversation.Conversation.Tool;
import pointsman.dialect.conversation.Conversation.ToolChoice;
import pointsman.dialect.conversation.Conversation.Turn;
import pointsman.dialect.conversation.Dropped;
import pointsman.dialect.conversation.OpenAiSeal;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.conversation.Part.Source;
import pointsman.dialect.conversation.Settings;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a conversation as a request of Anthropic's messages.
public final class MessagesConversationWriter {
    /// Anthropic wants a limit where others need none. Every model that it serves today may write this much.
    private static final int MOST_TOKENS = 16_384;

    /// Anthropic wants a conversation to begin with words of the user.
    private static final String NO_WORDS = "(no message)";

    private static final String JSON_BY_WORDS =
            "Answer with one JSON object and nothing else: no words around it, and no Markdown.";

    private final Dropped dropped;
    private final Conversation conversation;
    private final ObjectNode body = Json.object();

    private MessagesConversationWriter(Dropped dropped, Conversation conversation) {
        this.dropped = dropped;
        this.conversation = conversation;
    }

    /// Writes a request.
    ///
    /// @param dropped takes what is left out of it
    /// @param defaults the upstream's, of which `max_tokens` counts before the one that is used where nobody
    ///     sets one
    public static ObjectNode write(
            Dropped dropped, String model, boolean stream, Map<String, Object> defaults, Conversation conversation) {
        var writer = new MessagesConversationWriter(dropped, conversation);
        return writer.write(model, stream, Json.MAPPER.valueToTree(defaults.getOrDefault("max_tokens", MOST_TOKENS)));
    }

    private ObjectNode write(String model, boolean stream, JsonNode defaultMaxTokens) {
        body.put("model", model);
        body.set("max_tokens", conversation.maxTokens().orElse(defaultMaxTokens));
        writeSystem();
        writeMessages(body.putArray("messages"));
        writeTools();
        writeFormat();
        conversation.effort().ifPresent(this::writeEffort);
        writeStop();
        writeSettings();
        if (stream) {
            body.put("stream", true);
        }
        return body;
    }

    /// Anthropic has one place for instructions, at the beginning: those that came later follow there, in
    /// order. The wish for JSON without a schema, which Anthropic has no field for, is the last of them.
    private void writeSystem() {
        var later = conversation.turns().stream()
                .filter(turn -> turn.role() == Role.SYSTEM)
                .flatMap(turn -> turn.parts().stream())
                .map(Part.Text.class::cast);
        var asked = conversation.format() instanceof Format.AnyJson
                ? Stream.of(Part.Text.of(JSON_BY_WORDS))
                : Stream.<Part.Text>empty();
        var all = Stream.of(conversation.system().stream(), later, asked)
                .flatMap(texts -> texts)
                .filter(MessagesConversationWriter::isSayable)
                .toList();
        if (!all.isEmpty()) {
            writeContent("system", body, List.copyOf(all), "system");
        }
    }

    private void writeMessages(ArrayNode messages) {
        var sayable = conversation.turns().stream()
                .map(turn -> new Turn(turn.role(), sayable(turn.parts()), turn.at()))
                .filter(turn -> !turn.parts().isEmpty())
                .toList();
        var turns = Conversation.merged(sayable, Set.of(Role.USER, Role.ASSISTANT)).stream()
                .filter(turn -> turn.role() != Role.SYSTEM)
                .toList();
        if (turns.isEmpty() || turns.getFirst().role() == Role.ASSISTANT) {
            messages.addObject().put("role", "user").put("content", NO_WORDS);
        }
        turns.forEach(turn -> writeTurn(messages, turn));
    }

    private void writeTurn(ArrayNode messages, Turn turn) {
        var role = turn.role() == Role.USER ? "user" : "assistant";
        writeContent("content", messages.addObject().put("role", role), turn.parts(), turn.at());
    }

    private static List<Part> sayable(List<Part> parts) {
        return parts.stream().filter(MessagesConversationWriter::isSayable).toList();
    }

    /// Empty texts, which others send beside calls, are not allowed here. Thoughts that nobody signed, or
    /// OpenAI has sealed, are not Anthropic's own, and would be refused.
    private static boolean isSayable(Part part) {
        return switch (part) {
            case Part.Text text -> !text.text().isBlank();
            case Part.Refusal refusal -> !refusal.text().isBlank();
            case Part.Thinking thought ->
                thought.signature()
                        .filter(name -> !name.isEmpty() && !OpenAiSeal.is(name))
                        .isPresent();
            case Part.Image _, Part.Document _, Part.Redacted _, Part.Call _, Part.Result _ -> true;
        };
    }

    /// One text without a mark is a string; everything else is a list of blocks.
    private void writeContent(String field, ObjectNode holder, List<Part> parts, String at) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Text(var text, var cache) && cache.isEmpty()) {
            holder.put(field, text);
            return;
        }
        var blocks = holder.putArray(field);
        parts.forEach(part -> writeBlock(blocks, part, at));
    }

    private void writeBlock(ArrayNode blocks, Part part, String at) {
        switch (part) {
            case Part.Text(var text, var cache) -> mark(block(blocks, "text").put("text", text), cache);
            case Part.Refusal(var text) -> block(blocks, "text").put("text", text);
            case Part.Image image -> {
                var block = block(blocks, "image");
                writeSource(block.putObject("source"), image.source());
                mark(block, image.cache());
            }
            case Part.Document document -> {
                var block = block(blocks, "document");
                writeSource(block.putObject("source"), document.source());
                document.title().ifPresent(title -> block.put("title", title));
                mark(block, document.cache());
            }
            case Part.Thinking(var text, var signature) ->
                block(blocks, "thinking").put("thinking", text).put("signature", signature.orElse(""));
            case Part.Redacted(var data) -> block(blocks, "redacted_thinking").put("data", data);
            case Part.Call call -> writeCall(block(blocks, "tool_use"), call);
            case Part.Result result -> writeResult(block(blocks, "tool_result"), result, at);
        }
    }

    private static ObjectNode block(ArrayNode blocks, String type) {
        return blocks.addObject().put("type", type);
    }

    private static void mark(ObjectNode block, Optional<JsonNode> cache) {
        cache.ifPresent(control -> block.set("cache_control", control));
    }

    private static void writeSource(ObjectNode holder, Source source) {
        switch (source) {
            case Source.Url(var url) -> holder.put("type", "url").put("url", url);
            case Source.Inline(var mediaType, var data) ->
                holder.put("type", "base64")
                        .put("media_type", mediaType.equals("image/jpg") ? "image/jpeg" : mediaType)
                        .put("data", data);
            case Source.Plain(var text) ->
                holder.put("type", "text").put("media_type", "text/plain").put("data", text);
        }
    }

    private static void writeCall(ObjectNode block, Part.Call call) {
        block.put("id", id(call.id())).put("name", call.name());
        block.set("input", ToolInput.any(call.arguments()));
        mark(block, call.cache());
    }

    private void writeResult(ObjectNode block, Part.Result result, String at) {
        block.put("tool_use_id", id(result.callId()));
        var content = sayable(result.content());
        if (!content.isEmpty()) {
            writeContent("content", block, content, at);
        }
        if (result.failed()) {
            block.put("is_error", true);
        }
        mark(block, result.cache());
    }

    /// Anthropic's ids are letters, digits, `_` and `-`; others use more.
    static String id(String id) {
        return id.replaceAll("[^a-zA-Z0-9_-]", "_");
    }

    private void writeTools() {
        var asked = conversation.tools();
        if (asked.offered().isEmpty()) {
            return;
        }
        var tools = body.putArray("tools");
        asked.offered().forEach(tool -> writeTool(tools.addObject(), tool));
        var one = asked.parallel().filter(parallel -> !parallel).isPresent();
        switch (asked.choice()) {
            case ToolChoice.Auto _ when !one -> {}
            case ToolChoice.Auto _ -> choice("auto", true);
            case ToolChoice.None _ -> choice("none", false);
            case ToolChoice.Any _ -> choice("any", one);
            case ToolChoice.Named(var name) -> choice("tool", one).put("name", name);
        }
    }

    private static void writeTool(ObjectNode holder, Tool tool) {
        holder.put("name", tool.name());
        tool.description().ifPresent(text -> holder.put("description", text));
        holder.set("input_schema", MessagesSchema.input(tool.schema()));
        tool.strict().ifPresent(strict -> holder.put("strict", strict));
        mark(holder, tool.cache());
    }

    private ObjectNode choice(String type, boolean one) {
        var choice = body.putObject("tool_choice").put("type", type);
        return one ? choice.put("disable_parallel_tool_use", true) : choice;
    }

    private void writeFormat() {
        switch (conversation.format()) {
            case Format.Free _, Format.AnyJson _ -> {}
            case Format.Schema asked ->
                output().putObject("format")
                        .put("type", "json_schema")
                        .set("schema", MessagesSchema.answer(asked.schema()));
        }
    }

    /// Who is told how much to think has to be told to think at all; but not while it is made to call a tool,
    /// which Anthropic refuses together.
    private void writeEffort(Effort effort) {
        if (effort.isNone()) {
            body.putObject("thinking").put("type", "disabled");
            return;
        }
        effort.level().ifPresent(level -> output().put("effort", level.equals("minimal") ? "low" : level));
        var choice = conversation.tools().choice();
        if (!(choice instanceof ToolChoice.Any || choice instanceof ToolChoice.Named)) {
            body.putObject("thinking").put("type", "adaptive");
        }
    }

    private ObjectNode output() {
        return body.withObjectProperty("output_config");
    }

    /// Anthropic does not stop at spaces and line ends alone.
    private void writeStop() {
        var words = conversation.stop().stream().filter(word -> !word.isBlank()).toList();
        if (words.size() < conversation.stop().size()) {
            dropped.name("stop");
        }
        if (!words.isEmpty()) {
            var list = body.putArray("stop_sequences");
            words.forEach(list::add);
        }
    }

    private void writeSettings() {
        var settings = new Settings(dropped, conversation.settings());
        settings.take("temperature").ifPresent(this::writeTemperature);
        settings.take("top_p").ifPresent(value -> body.set("top_p", value));
        settings.take("top_k").ifPresent(value -> body.set("top_k", value));
        var safetyIdentifier = settings.take("safety_identifier");
        settings.take("user")
                .or(() -> safetyIdentifier)
                .ifPresent(user -> body.putObject("metadata").set("user_id", user));
        settings.take("service_tier").ifPresent(this::writeServiceTier);
        // Hints where to look for a cached prompt: Anthropic looks by the marks in it.
        settings.forget("prompt_cache_key", "prompt_cache_retention", "prompt_cache_options");
        settings.end();
    }

    /// Anthropic's scale ends at 1: what is above is as much as it can be asked for.
    private void writeTemperature(JsonNode value) {
        var isAbove = value.isNumber() && value.decimalValue().compareTo(BigDecimal.ONE) > 0;
        if (isAbove) {
            dropped.name("temperature");
        }
        body.set("temperature", isAbove ? Json.MAPPER.valueToTree(1) : value);
    }

    private void writeServiceTier(JsonNode tier) {
        switch (tier.asString("")) {
            case "auto" -> body.put("service_tier", "auto");
            case "default" -> body.put("service_tier", "standard_only");
            default -> dropped.field("service_tier", tier);
        }
    }
}
