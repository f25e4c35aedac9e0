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

/// Reads a request of OpenAI's responses as a conversation. Whatever needs a response that somebody has kept
/// is refused: nobody here keeps any. A request that leaves `store` out, as the SDKs do, is not stored, and
/// its answer says so.
final class ResponsesConversationReader {
    private static final String[] SETTINGS = {
        "temperature",
        "top_p",
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
    private List<Tool> tools = List.of();
    private Choice choice = new Choice.Auto();
    private Optional<Effort> effort = Optional.empty();
    private Format format = new Format.Free();
    private Optional<JsonNode> verbosity = Optional.empty();

    private ResponsesConversationReader(Fields request) {
        this.request = request;
    }

    /// Reads all fields of a request.
    static Conversation read(Fields request) {
        return new ResponsesConversationReader(request).read();
    }

    private Conversation read() {
        refuseState();
        refuseIncludes();
        // `metadata` is given back with the answer; `max_tool_calls` counts calls of tools that OpenAI runs itself.
        request.forget("model", "stream", "stream_options", "metadata", "max_tool_calls");
        request.text("instructions").ifPresent(text -> system.add(Part.Text.of(text)));
        request.take("input").ifPresent(this::readInput);
        tools = request.objects("tools", ResponsesConversationReader::tool);
        request.take("tool_choice").ifPresent(this::readChoice);
        request.object("reasoning").ifPresent(this::readReasoning);
        request.object("text").ifPresent(this::readText);
        var settings = request.settings(SETTINGS);
        verbosity.ifPresent(value -> settings.put("verbosity", new Conversation.Setting("text.verbosity", value)));
        var conversation = new Conversation(
                system,
                turns,
                tools,
                choice,
                request.flag("parallel_tool_calls"),
                format,
                effort,
                List.of(),
                request.take("max_output_tokens"),
                settings);
        request.end();
        return conversation;
    }

    private void refuseState() {
        for (var field : List.of("previous_response_id", "conversation", "prompt")) {
            if (request.has(field)) {
                throw request.unsayable(field, "responses are not kept here; send the whole conversation in 'input'");
            }
        }
        if (request.flag("store").orElse(false)) {
            throw request.unsayable("store", "responses are not kept here; leave it out or send false");
        }
        if (request.flag("background").orElse(false)) {
            throw request.unsayable("background", "responses are not kept here, so none can be fetched later");
        }
        if (!request.text("truncation").orElse("disabled").equals("disabled")) {
            throw request.unsayable("truncation", "nothing is cut out of a conversation here");
        }
    }

    private void refuseIncludes() {
        request.take("top_logprobs").filter(count -> count.asInt(1) != 0).ifPresent(_ -> {
            throw request.unsayable("top_logprobs", "the likelihood of tokens is not told here");
        });
        for (var include : request.texts("include")) {
            if (!include.equals("reasoning.encrypted_content")) {
                throw request.unsayable("include", "'%s' is not there".formatted(include));
            }
        }
    }

    private void readInput(JsonNode input) {
        if (input.isString()) {
            turns.add(new Turn(Role.USER, List.of(Part.Text.of(input.asString())), "input"));
        } else {
            request.list("input", input, this::item).stream()
                    .flatMap(Optional::stream)
                    .forEach(turns::add);
        }
    }

    private Optional<Turn> item(Fields item) {
        var type = item.text("type").orElse("message");
        // What an item was called and how far it had come when it was an answer means nothing to the next model.
        item.forget("id", "status", "phase");
        var turn = switch (type) {
            case "message" -> message(item);
            case "function_call" -> Optional.of(turn(Role.ASSISTANT, List.of(call(item)), item));
            case "function_call_output" -> Optional.of(turn(Role.USER, List.of(result(item)), item));
            case "reasoning" -> Optional.of(turn(Role.ASSISTANT, reasoning(item), item));
            case "item_reference" ->
                throw item.unsayable(
                        "type", "responses are not kept here; with `store: false` clients send the items themselves");
            default -> throw item.unsayable("type", "items of type '%s' are not known".formatted(type));
        };
        item.end();
        return turn;
    }

    private static Turn turn(Role role, List<Part> parts, Fields item) {
        return new Turn(role, parts, item.at(""));
    }

    private Optional<Turn> message(Fields item) {
        var role = item.requiredText("role");
        return switch (role) {
            case "user" -> Optional.of(turn(Role.USER, content(item, "content"), item));
            case "assistant" -> Optional.of(turn(Role.ASSISTANT, content(item, "content"), item));
            case "system", "developer" -> instruct(item);
            default -> throw item.unsayable("role", "the role '%s' is not known".formatted(role));
        };
    }

    private Optional<Turn> instruct(Fields item) {
        var instructions = OpenAiParts.instructions(item);
        if (turns.isEmpty()) {
            system.addAll(instructions);
            return Optional.empty();
        }
        return Optional.of(turn(Role.SYSTEM, List.copyOf(instructions), item));
    }

    private static List<Part> content(Fields item, String field) {
        return OpenAiParts.content(item, field, ResponsesConversationReader::part);
    }

    private static Part part(Fields part) {
        var type = part.requiredText("type");
        var cache = OpenAiParts.cacheMark(part);
        part.forget("annotations", "logprobs");
        var read = switch (type) {
            case "input_text", "output_text", "text" -> new Part.Text(part.requiredText("text"), cache);
            case "refusal" -> new Part.Refusal(part.requiredText("refusal"));
            case "input_image" -> image(part, cache);
            case "input_file" -> file(part, cache);
            default -> throw part.unsayable("type", "parts of type '%s' are not known".formatted(type));
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

    private static Part call(Fields item) {
        return new Part.Call(
                item.requiredText("call_id"),
                item.requiredText("name"),
                item.text("arguments").orElse(""),
                Optional.empty());
    }

    private static Part result(Fields item) {
        item.forget("name");
        return new Part.Result(item.requiredText("call_id"), content(item, "output"), false, Optional.empty());
    }

    private static List<Part> reasoning(Fields item) {
        var sealed = item.text("encrypted_content");
        var said = item.objects("summary", ResponsesConversationReader::thought);
        var thought = item.objects("content", ResponsesConversationReader::thought);
        return SealedThought.open(sealed, String.join("\n", said.isEmpty() ? thought : said));
    }

    private static String thought(Fields part) {
        part.forget("type");
        var text = part.requiredText("text");
        part.end();
        return text;
    }

    private static Tool tool(Fields tool) {
        var type = tool.requiredText("type");
        if (!type.equals("function")) {
            throw tool.unsayable("type", "tools of type '%s' run at OpenAI only".formatted(type));
        }
        var read = new Tool(
                tool.requiredText("name"),
                tool.text("description"),
                tool.schema("parameters"),
                tool.flag("strict"),
                OpenAiParts.cacheMark(tool));
        tool.end();
        return read;
    }

    private void readChoice(JsonNode value) {
        if (value.isString()) {
            choice = OpenAiParts.choice(request, "tool_choice", value.asString());
            return;
        }
        var named = request.nested("tool_choice", value);
        switch (named.requiredText("type")) {
            case "function" -> choice = new Choice.Named(named.requiredText("name"));
            case "allowed_tools" -> {
                choice = OpenAiParts.choice(named, "mode", named.requiredText("mode"));
                var names = OpenAiParts.allowed(named);
                tools = tools.stream()
                        .filter(tool -> names.contains(tool.name()))
                        .toList();
            }
            default -> throw named.unsayable("type", "that kind of choice is not known there");
        }
        named.end();
    }

    /// Thoughts are shown as they come, so there is nothing to be chosen about a summary of them.
    private void readReasoning(Fields reasoning) {
        reasoning.forget("summary", "generate_summary");
        effort = reasoning.text("effort").map(level -> new Effort(Optional.of(level), "reasoning.effort"));
        reasoning.end();
    }

    private void readText(Fields text) {
        verbosity = text.take("verbosity");
        text.object("format").ifPresent(format -> {
            var type = format.requiredText("type");
            this.format = switch (type) {
                case "text" -> new Format.Free();
                case "json_object" -> new Format.AnyJson();
                case "json_schema" -> OpenAiParts.schema(format);
                default -> throw format.unsayable("type", "the format '%s' is not known there".formatted(type));
            };
            format.end();
        });
        text.end();
    }
}
