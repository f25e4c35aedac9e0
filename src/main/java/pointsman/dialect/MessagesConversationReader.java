package pointsman.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import pointsman.dialect.Conversation.Choice;
import pointsman.dialect.Conversation.Effort;
import pointsman.dialect.Conversation.Format;
import pointsman.dialect.Conversation.Role;
import pointsman.dialect.Conversation.Setting;
import pointsman.dialect.Conversation.Tool;
import pointsman.dialect.Conversation.Turn;
import pointsman.dialect.Part.Source;
import tools.jackson.databind.JsonNode;

/// Reads a request of Anthropic's messages as a conversation.
final class MessagesConversationReader {
    private static final int LITTLE_THOUGHT = 4_096;
    private static final int MUCH_THOUGHT = 16_384;

    private final Fields request;
    private final List<Part.Text> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private Choice choice = new Choice.Auto();
    private Optional<Boolean> parallel = Optional.empty();
    private Optional<Effort> effort = Optional.empty();
    private Format format = new Format.Free();

    private MessagesConversationReader(Fields request) {
        this.request = request;
    }

    /// Reads all fields of a request.
    static Conversation read(Fields request) {
        return new MessagesConversationReader(request).read();
    }

    private Conversation read() {
        // Where a prompt may be cached is for Anthropic to know; others cache without being told.
        request.forget("model", "stream", "cache_control");
        content(request, "system", MessagesConversationReader::instruction)
                .forEach(text -> system.add((Part.Text) text));
        turns.addAll(request.objects("messages", this::message));
        var tools = request.objects("tools", MessagesConversationReader::tool);
        request.object("tool_choice").ifPresent(this::readChoice);
        request.object("thinking").ifPresent(this::readThinking);
        request.object("output_config").ifPresent(this::readOutput);
        request.object("output_format").ifPresent(this::readFormat);
        var settings = request.settings("temperature", "top_p", "top_k");
        request.object("metadata").ifPresent(metadata -> {
            metadata.take("user_id").ifPresent(user -> settings.put("user", new Setting("metadata.user_id", user)));
            metadata.end();
        });
        request.text("service_tier").ifPresent(tier -> settings.put("service_tier", serviceTier(tier)));
        var maxTokens = request.take("max_tokens");
        if (maxTokens.isEmpty()) {
            throw request.wrong("max_tokens", "is missing");
        }
        var stop = request.texts("stop_sequences");
        request.end();
        return new Conversation(system, turns, tools, choice, parallel, format, effort, stop, maxTokens, settings);
    }

    private Turn message(Fields message) {
        var role = message.requiredText("role");
        var turn = switch (role) {
            case "user" -> turn(Role.USER, content(message, "content", this::block), message);
            case "assistant" -> turn(Role.ASSISTANT, content(message, "content", this::block), message);
            case "system" ->
                turn(Role.SYSTEM, content(message, "content", MessagesConversationReader::instruction), message);
            default -> throw message.unsayable("role", "the role '%s' is not known".formatted(role));
        };
        message.end();
        return turn;
    }

    private static Turn turn(Role role, List<Part> parts, Fields message) {
        return new Turn(role, parts, message.at(""));
    }

    /// A content that is a string or a list of blocks.
    private static List<Part> content(Fields holder, String field, Function<Fields, Part> block) {
        var value = holder.take(field);
        if (value.isEmpty()) {
            return List.of();
        }
        return value.get().isString()
                ? List.of(Part.Text.of(value.get().asString()))
                : holder.list(field, value.get(), block);
    }

    private static Part instruction(Fields block) {
        if (!block.requiredText("type").equals("text")) {
            throw block.unsayable("type", "instructions are text");
        }
        return finished(block, text(block, block.take("cache_control")));
    }

    private Part block(Fields block) {
        var type = block.requiredText("type");
        var cache = block.take("cache_control");
        var part = switch (type) {
            case "text" -> text(block, cache);
            case "image" -> new Part.Image(source(block.requiredObject("source")), Optional.empty(), cache);
            case "document" -> document(block, cache);
            case "thinking" -> new Part.Thinking(block.requiredText("thinking"), block.text("signature"));
            case "redacted_thinking" -> new Part.Redacted(block.requiredText("data"));
            case "tool_use" -> call(block, cache);
            case "tool_result" -> result(block, cache);
            default -> throw block.unsayable("type", "blocks of type '%s' are not known".formatted(type));
        };
        return finished(block, part);
    }

    private static Part finished(Fields block, Part part) {
        block.end();
        return part;
    }

    /// The citations of an answer are part of it no more when it is given back.
    private static Part text(Fields block, Optional<JsonNode> cache) {
        block.forget("citations");
        return new Part.Text(block.requiredText("text"), cache);
    }

    private static Part document(Fields block, Optional<JsonNode> cache) {
        block.object("citations").ifPresent(citations -> {
            if (citations.flag("enabled").orElse(false)) {
                throw block.unsayable("citations", "only Anthropic cites");
            }
        });
        return new Part.Document(source(block.requiredObject("source")), block.text("title"), cache);
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

    private static Part call(Fields block, Optional<JsonNode> cache) {
        block.forget("caller");
        var input = block.take("input").map(Json::text).orElse("{}");
        return new Part.Call(block.requiredText("id"), block.requiredText("name"), input, cache);
    }

    private Part result(Fields block, Optional<JsonNode> cache) {
        return new Part.Result(
                block.requiredText("tool_use_id"),
                content(block, "content", this::block),
                block.flag("is_error").orElse(false),
                cache);
    }

    private static Tool tool(Fields tool) {
        var type = tool.text("type").orElse("custom");
        if (!type.equals("custom")) {
            throw tool.unsayable("type", "tools of type '%s' are Anthropic's own".formatted(type));
        }
        // How a call is streamed changes nothing of what may be called.
        tool.forget("eager_input_streaming");
        var read = new Tool(
                tool.requiredText("name"),
                tool.text("description"),
                tool.schema("input_schema"),
                tool.flag("strict"),
                tool.take("cache_control"));
        tool.end();
        return read;
    }

    private void readChoice(Fields asked) {
        var type = asked.requiredText("type");
        choice = switch (type) {
            case "auto" -> new Choice.Auto();
            case "none" -> new Choice.None();
            case "any" -> new Choice.Any();
            case "tool" -> new Choice.Named(asked.requiredText("name"));
            default -> throw asked.unsayable("type", "the choice '%s' is not known".formatted(type));
        };
        parallel = asked.flag("disable_parallel_tool_use").map(disabled -> !disabled);
        asked.end();
    }

    /// A budget of thoughts is said to others as a level. A level that `output_config` names goes before it.
    private void readThinking(Fields thinking) {
        var type = thinking.requiredText("type");
        var budget = thinking.take("budget_tokens").map(tokens -> tokens.asInt(MUCH_THOUGHT));
        var level = switch (type) {
            case "disabled" -> Optional.of(Effort.OFF);
            case "enabled", "adaptive" -> budget.map(MessagesConversationReader::level);
            default -> throw thinking.unsayable("type", "thinking '%s' is not known".formatted(type));
        };
        effort = Optional.of(new Effort(level, "thinking"));
        thinking.forget("display");
        thinking.end();
    }

    private static String level(int budgetTokens) {
        return budgetTokens <= LITTLE_THOUGHT ? "low" : budgetTokens <= MUCH_THOUGHT ? "medium" : "high";
    }

    private void readOutput(Fields output) {
        var isOff = effort.filter(Effort::isNone).isPresent();
        output.text("effort").filter(_ -> !isOff).ifPresent(level -> {
            effort = Optional.of(new Effort(Optional.of(level), "output_config.effort"));
        });
        output.object("format").ifPresent(this::readFormat);
        output.end();
    }

    /// Anthropic keeps to a schema always, and has no name for it.
    private void readFormat(Fields asked) {
        var type = asked.requiredText("type");
        if (!type.equals("json_schema")) {
            throw asked.unsayable("type", "the format '%s' is not known".formatted(type));
        }
        format = new Format.Schema("answer", Optional.empty(), asked.schema("schema"), Optional.of(true));
        asked.end();
    }

    private Setting serviceTier(String tier) {
        return switch (tier) {
            case "auto" -> new Setting("service_tier", Json.MAPPER.valueToTree("auto"));
            case "standard_only" -> new Setting("service_tier", Json.MAPPER.valueToTree("default"));
            default -> throw request.unsayable("service_tier", "the tier '%s' is not known".formatted(tier));
        };
    }
}
