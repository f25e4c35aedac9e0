package pointsman.dialect.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pointsman.dialect.conversation.Conversation;
import pointsman.dialect.conversation.Conversation.Effort;
import pointsman.dialect.conversation.Conversation.Format;
import pointsman.dialect.conversation.Conversation.Role;
import pointsman.dialect.conversation.Conversation.Turn;
import pointsman.dialect.conversation.CustomTool;
import pointsman.dialect.conversation.Fields;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.conversation.ToolOffer;
import pointsman.dialect.openai.OpenAiParts;
import tools.jackson.databind.JsonNode;

/// Reads a chat completion request of OpenAI's as a conversation.
public final class ChatConversationReader {
    /// The fields that change what is asked, though no other dialect has words for them, and why it is
    /// refused then.
    public static final Map<String, String> DEMANDS = Map.of(
            "n", "it gives one answer",
            "logprobs", "it does not tell the likelihood of tokens",
            "top_logprobs", "it does not tell the likelihood of tokens",
            "logit_bias", "its tokens are others",
            "modalities", "it answers with text",
            "audio", "it answers with text",
            "functions", "functions are offered as 'tools' there",
            "function_call", "functions are offered as 'tools' there",
            "messages.function_call", "calls stand in 'tool_calls' there");

    /// Plain values that another dialect may have a place for.
    private static final String[] SETTINGS = {
        "temperature",
        "top_p",
        "top_k",
        "user",
        "safety_identifier",
        "prompt_cache_key",
        "prompt_cache_retention",
        "prompt_cache_options",
        "service_tier"
    };

    private final Fields request;
    private final List<Part.Text> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final ToolOffer tools = new ToolOffer();

    private ChatConversationReader(Fields request) {
        this.request = request;
    }

    /// Reads all fields of a request.
    public static Conversation read(Fields request) {
        return new ChatConversationReader(request).read();
    }

    private Conversation read() {
        request.forget("model", "stream", "stream_options");
        request.each("tools", this::tool);
        request.take("tool_choice").ifPresent(this::readChoice);
        request.each("messages", this::message);
        var maxTokens = request.take("max_completion_tokens");
        var legacyMaxTokens = request.take("max_tokens");
        var conversation = new Conversation(
                system,
                turns,
                tools.end(request.flag("parallel_tool_calls")),
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
    private void message(Fields message) {
        var role = message.requiredText("role");
        switch (role) {
            case "system", "developer" -> instruct(OpenAiParts.instructions(message), message);
            case "user" -> turns.add(turn(Role.USER, OpenAiParts.content(message, "content", this::userPart), message));
            case "assistant" -> turns.add(turn(Role.ASSISTANT, assistantParts(message), message));
            case "tool" -> turns.add(turn(Role.USER, List.of(result(message)), message));
            default -> throw message.unsayable("role", "the role '%s' is not known".formatted(role));
        }
        message.end();
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

    private List<Part> userPart(Fields part) {
        var type = part.requiredText("type");
        return switch (type) {
            case "text" -> List.of(text(part));
            case "image_url" -> List.of(image(part));
            case "file" -> List.of(file(part));
            case "input_audio" -> throw part.unsayable("type", "it does not listen");
            default -> {
                part.drop(type);
                yield List.of();
            }
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
    private List<Part> assistantParts(Fields message) {
        var parts = new ArrayList<Part>();
        var signed = message.objects("thinking_blocks", ChatConversationReader::thinking);
        var reasoning = message.text("reasoning_content");
        parts.addAll(signed);
        if (signed.isEmpty()) {
            reasoning.ifPresent(text -> parts.add(new Part.Thinking(text, Optional.empty())));
        }
        parts.addAll(OpenAiParts.content(message, "content", ChatConversationReader::assistantPart));
        message.text("refusal").ifPresent(text -> parts.add(new Part.Refusal(text)));
        parts.addAll(message.objects("tool_calls", this::call));
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

    private static List<Part> assistantPart(Fields part) {
        var type = part.requiredText("type");
        return switch (type) {
            case "text" -> List.of(text(part));
            case "refusal" -> List.of(new Part.Refusal(part.requiredText("refusal")));
            default -> {
                part.drop(type);
                yield List.of();
            }
        };
    }

    private Part call(Fields call) {
        call.forget("index");
        var isCustom = call.text("type").orElse("function").equals("custom");
        var function = call.requiredObject(isCustom ? "custom" : "function");
        var name = tools.names().of("", function.requiredText("name"));
        var arguments = isCustom
                ? CustomTool.arguments(function.text("input").orElse(""))
                : function.text("arguments").orElse("");
        var read = new Part.Call(call.requiredText("id"), name, arguments, OpenAiParts.cacheMark(call));
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

    private void tool(Fields tool) {
        var type = tool.text("type").orElse("function");
        var cache = OpenAiParts.cacheMark(tool);
        switch (type) {
            case "function" -> tools.addFunction(tool.requiredObject(type), "", "parameters", cache);
            case "custom" -> tools.addCustom(tool.requiredObject(type), "", cache);
            default -> tools.leaveOut(tool, type);
        }
        tool.end();
    }

    private void readChoice(JsonNode value) {
        if (value.isString()) {
            tools.choose(OpenAiParts.choice(request, "tool_choice", value.asString()), request, "tool_choice");
            return;
        }
        var named = request.nested("tool_choice", value);
        var type = named.requiredText("type");
        switch (type) {
            case "function", "custom" -> tools.chooseOne(named.requiredObject(type));
            case "allowed_tools" -> {
                var allowed = named.requiredObject(type);
                tools.restrict(allowed, OpenAiParts.choice(allowed, "mode", allowed.requiredText("mode")));
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
