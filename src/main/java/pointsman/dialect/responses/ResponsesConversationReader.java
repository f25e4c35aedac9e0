package pointsman.dialect.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pointsman.dialect.conversation.Conversation;
import pointsman.dialect.conversation.Conversation.Effort;
import pointsman.dialect.conversation.Conversation.Format;
import pointsman.dialect.conversation.Conversation.Role;
import pointsman.dialect.conversation.Conversation.ToolChoice;
import pointsman.dialect.conversation.Conversation.Turn;
import pointsman.dialect.conversation.Fields;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.openai.OpenAiParts;
import tools.jackson.databind.JsonNode;

/// Reads a request of OpenAI's responses as a conversation. Whatever needs a response that somebody has
/// kept is refused: nobody here keeps any. A request that leaves `store` out, as the SDKs do, or wants to
/// be stored, is not, and its answer says so.
public final class ResponsesConversationReader {
    private static final String NOT_KEPT = "responses are not kept here; send the whole conversation in 'input'";

    /// The fields that change what is asked, though no other dialect has words for them, and why it is
    /// refused then.
    public static final Map<String, String> DEMANDS = Map.of(
            "previous_response_id", NOT_KEPT,
            "conversation", NOT_KEPT,
            "prompt", NOT_KEPT,
            "background", "responses are not kept here, so none can be fetched later",
            "top_logprobs", "the likelihood of tokens is not told here");

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
    private final ResponsesTools tools = new ResponsesTools();
    private Optional<Effort> effort = Optional.empty();
    private Format format = new Format.Free();
    private boolean isSummedUp;
    private Optional<JsonNode> verbosity = Optional.empty();

    private ResponsesConversationReader(Fields request) {
        this.request = request;
    }

    /// Reads all fields of a request.
    public static Conversation read(Fields request) {
        return new ResponsesConversationReader(request).read();
    }

    private Conversation read() {
        readIncludes();
        // `metadata` is given back with the answer; `max_tool_calls` counts calls of tools that OpenAI runs itself.
        request.forget("model", "stream", "stream_options", "metadata", "max_tool_calls");
        request.text("instructions").ifPresent(text -> system.add(Part.Text.of(text)));
        request.each("tools", tools::add);
        request.take("input").ifPresent(this::readInput);
        request.take("tool_choice").ifPresent(choice -> tools.choose(request, choice));
        request.object("reasoning").ifPresent(this::readReasoning);
        request.object("text").ifPresent(this::readText);
        if (isSummedUp) {
            format = new Format.Free();
            tools.offer().choose(new ToolChoice.None(), request, "tool_choice");
        }
        var settings = request.settings(SETTINGS);
        verbosity.ifPresent(value -> settings.put("verbosity", new Conversation.Setting("text.verbosity", value)));
        var conversation = new Conversation(
                system,
                turns,
                tools.offer().end(request.flag("parallel_tool_calls")),
                format,
                effort,
                List.of(),
                request.take("max_output_tokens"),
                settings);
        request.end();
        return conversation;
    }

    /// Whoever wants to be told the likelihood of tokens is refused; what else an answer could bring with
    /// it is not missed by one that does not look for it.
    private void readIncludes() {
        for (var include : request.texts("include")) {
            if (include.endsWith("logprobs")) {
                throw request.unsayable("include", "the likelihood of tokens is not told here");
            }
            if (!include.equals("reasoning.encrypted_content")) {
                request.note("include." + include);
            }
        }
    }

    private void readInput(JsonNode input) {
        isSummedUp = input.valueStream().anyMatch(Compaction::isTrigger);
        if (input.isString()) {
            turns.add(new Turn(Role.USER, List.of(Part.Text.of(input.asString())), "input"));
        } else {
            var items = new ResponsesItems(tools, input);
            request.list("input", input, item -> item(items, item)).stream()
                    .flatMap(Optional::stream)
                    .forEach(turns::add);
        }
    }

    private Optional<Turn> item(ResponsesItems items, Fields item) {
        var type = item.text("type").orElse("message");
        // What an item was called and how far it had come when it was an answer means nothing to the next model.
        item.forget("id", "status", "phase");
        var turn = type.equals("message") ? message(item) : items.read(type, item);
        item.end();
        return turn;
    }

    private static Turn turn(Role role, List<Part> parts, Fields item) {
        return new Turn(role, parts, item.at(""));
    }

    private Optional<Turn> message(Fields item) {
        var role = item.requiredText("role");
        return switch (role) {
            case "user" -> Optional.of(turn(Role.USER, ResponsesItems.content(item, "content"), item));
            case "assistant" -> Optional.of(turn(Role.ASSISTANT, ResponsesItems.content(item, "content"), item));
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
