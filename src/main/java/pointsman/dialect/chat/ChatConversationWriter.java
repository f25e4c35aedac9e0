package pointsman.dialect.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import pointsman.dialect.conversation.Conversation;
import pointsman.dialect.conversation.Conversation.Effort;
import pointsman.dialect.conversation.Conversation.Format;
import pointsman.dialect.conversation.Conversation.Role;
import pointsman.dialect.conversation.Conversation.Tool;
import pointsman.dialect.conversation.Conversation.ToolChoice;
import pointsman.dialect.conversation.Conversation.Turn;
import pointsman.dialect.conversation.Dropped;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.conversation.Part.Source;
import pointsman.dialect.conversation.Settings;
import pointsman.dialect.openai.OpenAiParts;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a conversation as a chat completion request, for OpenAI or for llama.cpp.
public final class ChatConversationWriter {
    private static final int MOST_STOPS = 4;
    private static final List<String> SAMPLING = List.of("temperature", "top_p");
    private static final List<String> OPENAI_ONLY = List.of(
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "prompt_cache_options",
            "service_tier",
            "verbosity");

    private final Dropped dropped;
    private final boolean isLlama;
    private final Conversation conversation;
    private final ObjectNode body = Json.object();

    private ChatConversationWriter(Dropped dropped, boolean isLlama, Conversation conversation) {
        this.dropped = dropped;
        this.isLlama = isLlama;
        this.conversation = conversation;
    }

    /// Writes a request.
    ///
    /// @param dropped takes what is left out of it
    /// @param isLlama whether it is llama.cpp, which understands less, and ignores what it does not understand
    public static ObjectNode write(
            Dropped dropped, boolean isLlama, String model, boolean stream, Conversation conversation) {
        return new ChatConversationWriter(dropped, isLlama, conversation).write(model, stream);
    }

    private ObjectNode write(String model, boolean stream) {
        body.put("model", model);
        var messages = body.putArray("messages");
        writeSystem(messages);
        conversation.mergedTurns(Set.of(Role.ASSISTANT)).forEach(turn -> writeTurn(messages, turn));
        refuseBegunAnswer();
        writeTools();
        writeFormat();
        writeEffort();
        conversation.maxTokens().ifPresent(most -> body.set(isLlama ? "max_tokens" : "max_completion_tokens", most));
        writeStop();
        writeSettings();
        if (stream) {
            body.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        return body;
    }

    private void writeSystem(ArrayNode messages) {
        var system = conversation.system().stream().map(Part.Text::text).toList();
        if (!system.isEmpty()) {
            messages.addObject().put("role", "system").put("content", String.join("\n\n", system));
        }
    }

    private void writeTurn(ArrayNode messages, Turn turn) {
        switch (turn.role()) {
            case SYSTEM -> writeContent(messages.addObject().put("role", "system"), turn.parts(), turn);
            case USER -> writeUser(messages, turn);
            case ASSISTANT -> writeAssistant(messages.addObject().put("role", "assistant"), turn);
        }
    }

    /// Results of tools have messages of their own, which come first. Only text fits into them: an image or a
    /// document that a tool gave follows in the user's message, after a line that says whose it is.
    private void writeUser(ArrayNode messages, Turn turn) {
        var rest = new ArrayList<Part>();
        for (var part : turn.parts()) {
            if (part instanceof Part.Result result) {
                writeResult(messages, result);
                var media = result.content().stream()
                        .filter(piece -> !(piece instanceof Part.Text))
                        .toList();
                if (!media.isEmpty()) {
                    rest.add(Part.Text.of("The result of the tool call %s:".formatted(result.callId())));
                    rest.addAll(media);
                }
            } else {
                rest.add(part);
            }
        }
        if (!rest.isEmpty() || turn.parts().isEmpty()) {
            writeContent(messages.addObject().put("role", "user"), rest, turn);
        }
    }

    private static void writeResult(ArrayNode messages, Part.Result result) {
        var text = texts(result.content());
        messages.addObject()
                .put("role", "tool")
                .put("tool_call_id", result.callId())
                .put("content", result.failed() ? "Error: " + text : text);
    }

    private static String texts(List<Part> parts) {
        var texts = parts.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text())
                .toList();
        return String.join("\n", texts);
    }

    /// One text is a string; more, or other things, are a list of parts.
    private void writeContent(ObjectNode message, List<Part> parts, Turn turn) {
        if (parts.stream().allMatch(Part.Text.class::isInstance) && parts.size() <= 1) {
            message.put("content", texts(parts));
            return;
        }
        var content = message.putArray("content");
        parts.forEach(part -> writePart(content, part, turn));
    }

    private void writePart(ArrayNode content, Part part, Turn turn) {
        switch (part) {
            case Part.Text text -> content.addObject().put("type", "text").put("text", text.text());
            case Part.Image picture -> {
                var image = content.addObject().put("type", "image_url").putObject("image_url");
                image.put("url", OpenAiParts.url(picture.source()));
                picture.detail().ifPresent(closely -> image.put("detail", closely));
            }
            case Part.Document document -> writeDocument(content, document, turn);
            case Part.Refusal(var text) ->
                content.addObject().put("type", "text").put("text", text);
            case Part.Thinking _, Part.Redacted _, Part.Call _, Part.Result _ ->
                throw new Failure.BadRequest(
                                "invalid_request",
                                "What stands in '%s' cannot be said by the %s."
                                        .formatted(turn.at(), turn.role().name().toLowerCase(Locale.ROOT)),
                                Optional.of(turn.at()))
                        .asException();
        }
    }

    private void writeDocument(ArrayNode content, Part.Document document, Turn turn) {
        switch (document.source()) {
            case Source.Plain(var text) ->
                content.addObject().put("type", "text").put("text", text);
            case Source.Url _ -> throw unsayable(turn.at(), "it takes documents within the request only");
            case Source.Inline _ when isLlama -> throw unsayable(turn.at(), "it cannot read documents");
            case Source.Inline inline ->
                content.addObject()
                        .put("type", "file")
                        .putObject("file")
                        .put("filename", document.title().orElse("document.pdf"))
                        .put("file_data", OpenAiParts.url(inline));
        }
    }

    /// Thoughts go back to llama.cpp, whose models were trained to see them; OpenAI has no place for them.
    private void writeAssistant(ObjectNode message, Turn turn) {
        var said = new ArrayList<Part>();
        var thoughts = new ArrayList<String>();
        var calls = new ArrayList<Part.Call>();
        for (var part : turn.parts()) {
            switch (part) {
                case Part.Thinking thought -> thoughts.add(thought.text());
                case Part.Redacted _ -> {}
                case Part.Call call -> calls.add(call);
                case Part.Text _, Part.Refusal _, Part.Image _, Part.Document _, Part.Result _ -> said.add(part);
            }
        }
        if (said.isEmpty() && !calls.isEmpty()) {
            message.putNull("content");
        } else {
            writeContent(message, said, turn);
        }
        if (isLlama && !thoughts.isEmpty()) {
            message.put("reasoning_content", String.join("\n", thoughts));
        }
        if (!calls.isEmpty()) {
            var list = message.putArray("tool_calls");
            calls.forEach(call -> writeCall(list, call));
        }
    }

    private static void writeCall(ArrayNode calls, Part.Call call) {
        calls.addObject()
                .put("id", call.id())
                .put("type", "function")
                .putObject("function")
                .put("name", call.name())
                .put("arguments", call.arguments());
    }

    /// Anthropic lets the client begin the answer, and so does llama.cpp; OpenAI would answer to it.
    private void refuseBegunAnswer() {
        if (!isLlama && !conversation.turns().isEmpty()) {
            var last = conversation.turns().getLast();
            if (last.role() == Role.ASSISTANT) {
                throw unsayable(last.at(), "it does not let a client begin the answer");
            }
        }
    }

    private void writeTools() {
        var tools = conversation.tools().offered();
        if (tools.isEmpty()) {
            return;
        }
        var choice = conversation.tools().choice();
        if (isLlama && choice instanceof ToolChoice.Named(var name)) {
            // llama.cpp takes a named choice for `auto`: it is offered this tool alone and has to call one.
            tools = tools.stream().filter(tool -> tool.name().equals(name)).toList();
            choice = new ToolChoice.Any();
        }
        var list = body.putArray("tools");
        tools.forEach(tool -> writeTool(list.addObject().put("type", "function").putObject("function"), tool));
        switch (choice) {
            case ToolChoice.Auto _ -> {}
            case ToolChoice.None _ -> body.put("tool_choice", "none");
            case ToolChoice.Any _ -> body.put("tool_choice", "required");
            case ToolChoice.Named(var name) ->
                body.putObject("tool_choice")
                        .put("type", "function")
                        .putObject("function")
                        .put("name", name);
        }
        // Several calls at once are the default everywhere but in llama.cpp.
        var parallel = conversation.tools().parallel();
        if (isLlama || parallel.isPresent()) {
            body.put("parallel_tool_calls", parallel.orElse(true));
        }
    }

    private static void writeTool(ObjectNode function, Tool tool) {
        function.put("name", tool.name());
        tool.description().ifPresent(text -> function.put("description", text));
        function.set("parameters", tool.schema());
        tool.strict().ifPresent(strict -> function.put("strict", strict));
    }

    private void writeFormat() {
        switch (conversation.format()) {
            case Format.Free _ -> {}
            case Format.AnyJson _ -> body.putObject("response_format").put("type", "json_object");
            case Format.Schema(var name, var description, var schema, var strict) -> {
                var format = body.putObject("response_format")
                        .put("type", "json_schema")
                        .putObject("json_schema");
                format.put("name", name);
                description.ifPresent(text -> format.put("description", text));
                format.set("schema", schema);
                strict.ifPresent(kept -> format.put("strict", kept));
            }
        }
    }

    /// llama.cpp's templates are told by arguments of their own; one that has no use for an argument ignores
    /// it.
    private void writeEffort() {
        conversation.effort().ifPresent(effort -> {
            if (isLlama) {
                var arguments = body.putObject("chat_template_kwargs").put("enable_thinking", !effort.isNone());
                effort.level()
                        .filter(_ -> !effort.isNone())
                        .ifPresent(level -> arguments.put("reasoning_effort", level));
            } else {
                effort.level()
                        .filter(level -> !level.equals(Effort.OFF))
                        .ifPresent(level -> body.put("reasoning_effort", level));
            }
        });
    }

    private void writeStop() {
        var stop = conversation.stop();
        if (!isLlama && stop.size() > MOST_STOPS) {
            throw unsayable("stop_sequences", "it takes at most %d of them, not %d".formatted(MOST_STOPS, stop.size()));
        }
        if (!stop.isEmpty()) {
            var words = body.putArray("stop");
            stop.forEach(words::add);
        }
    }

    private void writeSettings() {
        var settings = new Settings(dropped, conversation.settings());
        SAMPLING.forEach(name -> settings.take(name).ifPresent(value -> body.set(name, value)));
        if (isLlama) {
            settings.take("top_k").ifPresent(value -> body.set("top_k", value));
            // Who asks, and where to look for a cached prompt, means nothing to a server with one of each.
            settings.forget(
                    "user", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "prompt_cache_options");
        } else {
            OPENAI_ONLY.forEach(name -> settings.take(name).ifPresent(value -> body.set(name, value)));
        }
        settings.end();
    }

    private FailureException unsayable(String field, String why) {
        return new Failure.UnsupportedByUpstream(dropped.upstream(), field, why).asException();
    }
}
