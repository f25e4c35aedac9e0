package pointsman.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pointsman.dialect.Conversation.Choice;
import pointsman.dialect.Conversation.Effort;
import pointsman.dialect.Conversation.Format;
import pointsman.dialect.Conversation.Role;
import pointsman.dialect.Conversation.Tool;
import pointsman.dialect.Conversation.Turn;
import tools.jackson.databind.JsonNode;

/// Reads a chat completion request of OpenAI's as a conversation.
final class ChatConversationReader {
    private static final String[] SETTINGS = {
        "temperature",
        "top_p",
        "top_k",
        "min_p",
        "seed",
        "presence_penalty",
        "frequency_penalty",
        "logit_bias",
        "logprobs",
        "top_logprobs",
        "n",
        "user",
        "safety_identifier",
        "prompt_cache_key",
        "prompt_cache_retention",
        "prompt_cache_options",
        "service_tier",
        "verbosity",
        "metadata",
        "store",
        "modalities"
    };

    private final Fields request;
    private final List<Part.Text> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private List<Tool> tools = List.of();
    private Choice choice = new Choice.Auto();

    private ChatConversationReader(Fields request) {
        this.request = request;
    }

    /// Reads all fields of a request.
    static Conversation read(Fields request) {
        return new ChatConversationReader(request).read();
    }

    private Conversation read() {
        request.forget("model", "stream", "stream_options");
        request.objects("messages", this::message);
        tools = request.objects("tools", ChatConversationReader::tool);
        request.take("tool_choice").ifPresent(this::readChoice);
        var maxTokens = request.take("max_completion_tokens");
        var legacyMaxTokens = request.take("max_tokens");
        var conversation = new Conversation(
                system,
                turns,
                tools,
                choice,
                request.flag("parallel_tool_calls"),
                request.object("response_format")
                        .map(ChatConversationReader::format)
                        .orElse(new Format.Free()),
                request.text("reasoning_effort").map(level -> new Effort(Optional.of(level), "reasoning_effort")),
                OpenAiParts.stop(request),
                maxTokens.or(() -> legacyMaxTokens),
                request.settings(SETTINGS));
        request.end();
        return conversation;
    }

    /// Instructions at the beginning are the system's; later ones are turns.
    private Optional<Turn> message(Fields message) {
        var role = message.requiredText("role");
        switch (role) {
            case "system", "developer" -> instruct(OpenAiParts.instructions(message), message);
            case "user" -> turns.add(turn(Role.USER, OpenAiParts.content(message, "content", this::userPart), message));
            case "assistant" -> turns.add(turn(Role.ASSISTANT, assistantParts(message), message));
            case "tool" -> turns.add(turn(Role.USER, List.of(result(message)), message));
            default -> throw message.unsayable("role", "the role '%s' is not known".formatted(role));
        }
        message.end();
        return Optional.empty();
    }

    private static Turn turn(Role role, List<Part> parts, Fields message) {
        return new Turn(role, parts, message.at(""));
    }

    private void instruct(List<Part.Text> instructions, Fields message) {
        if (turns.isEmpty()) {
            system.addAll(instructions);
        } else {
            turns.add(turn(Role.SYSTEM, List.copyOf(instructions), message));
        }
    }

    private static Part text(Fields part) {
        var text = new Part.Text(part.requiredText("text"), OpenAiParts.cacheMark(part));
        part.end();
        return text;
    }

    private Part userPart(Fields part) {
        var type = part.requiredText("type");
        return switch (type) {
            case "text" -> text(part);
            case "image_url" -> image(part);
            case "file" -> file(part);
            default -> throw part.unsayable("type", "parts of type '%s' are not known there".formatted(type));
        };
    }

    private static Part image(Fields part) {
        var image = part.requiredObject("image_url");
        var source = OpenAiParts.source(image, "url", image.requiredText("url"));
        var read = new Part.Image(source, image.text("detail"), OpenAiParts.cacheMark(part));
        image.end();
        part.end();
        return read;
    }

    private static Part file(Fields part) {
        var file = part.requiredObject("file");
        var document = OpenAiParts.document(file, OpenAiParts.cacheMark(part));
        file.end();
        part.end();
        return document;
    }

    /// Thoughts first, then words, then calls: the order in which they were thought, said and done.
    private static List<Part> assistantParts(Fields message) {
        var parts = new ArrayList<Part>();
        var signed = message.objects("thinking_blocks", ChatConversationReader::thinking);
        var reasoning = message.text("reasoning_content");
        parts.addAll(signed);
        if (signed.isEmpty()) {
            reasoning.ifPresent(text -> parts.add(new Part.Thinking(text, Optional.empty())));
        }
        parts.addAll(OpenAiParts.content(message, "content", ChatConversationReader::assistantPart));
        message.text("refusal").ifPresent(text -> parts.add(new Part.Refusal(text)));
        parts.addAll(message.objects("tool_calls", ChatConversationReader::call));
        // What else an answer brought with it says nothing that the next one needs.
        message.forget("annotations", "reasoning");
        return parts;
    }

    private static Part thinking(Fields block) {
        var type = block.requiredText("type");
        var read = type.equals("redacted_thinking")
                ? new Part.Redacted(block.requiredText("data"))
                : new Part.Thinking(block.requiredText("thinking"), block.text("signature"));
        block.end();
        return read;
    }

    private static Part assistantPart(Fields part) {
        var type = part.requiredText("type");
        return switch (type) {
            case "text" -> text(part);
            case "refusal" -> new Part.Refusal(part.requiredText("refusal"));
            default -> throw part.unsayable("type", "an assistant's parts of type '%s' are not known".formatted(type));
        };
    }

    private static Part call(Fields call) {
        requireFunction(call);
        call.forget("index");
        var function = call.requiredObject("function");
        var read = new Part.Call(
                call.requiredText("id"),
                function.requiredText("name"),
                function.text("arguments").orElse(""),
                OpenAiParts.cacheMark(call));
        function.end();
        call.end();
        return read;
    }

    private Part result(Fields message) {
        var callId = message.requiredText("tool_call_id");
        var cache = OpenAiParts.cacheMark(message);
        message.forget("name");
        return new Part.Result(callId, OpenAiParts.content(message, "content", this::userPart), false, cache);
    }

    private static Tool tool(Fields tool) {
        requireFunction(tool);
        var function = tool.requiredObject("function");
        var read = new Tool(
                function.requiredText("name"),
                function.text("description"),
                function.schema("parameters"),
                function.flag("strict"),
                OpenAiParts.cacheMark(tool));
        function.end();
        tool.end();
        return read;
    }

    private static void requireFunction(Fields tool) {
        var type = tool.text("type").orElse("function");
        if (!type.equals("function")) {
            throw tool.unsayable("type", "tools of type '%s' are not known there".formatted(type));
        }
    }

    private void readChoice(JsonNode value) {
        if (value.isString()) {
            choice = OpenAiParts.choice(request, "tool_choice", value.asString());
            return;
        }
        var named = request.nested("tool_choice", value);
        switch (named.requiredText("type")) {
            case "function" ->
                choice = new Choice.Named(named.requiredObject("function").requiredText("name"));
            case "allowed_tools" -> {
                var allowed = named.requiredObject("allowed_tools");
                choice = OpenAiParts.choice(allowed, "mode", allowed.requiredText("mode"));
                var names = OpenAiParts.allowed(allowed);
                tools = tools.stream()
                        .filter(tool -> names.contains(tool.name()))
                        .toList();
            }
            default -> throw named.unsayable("type", "that kind of choice is not known there");
        }
        named.end();
    }

    private static Format format(Fields format) {
        var type = format.requiredText("type");
        var read = switch (type) {
            case "text" -> new Format.Free();
            case "json_object" -> new Format.AnyJson();
            case "json_schema" -> OpenAiParts.schema(format.requiredObject("json_schema"));
            default -> throw format.unsayable("type", "the format '%s' is not known there".formatted(type));
        };
        format.end();
        return read;
    }
}
