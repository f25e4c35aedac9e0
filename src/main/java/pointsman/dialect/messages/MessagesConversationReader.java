package pointsman.dialect.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pointsman.dialect.conversation.Conversation;
import pointsman.dialect.conversation.Conversation.Effort;
import pointsman.dialect.conversation.Conversation.Format;
import pointsman.dialect.conversation.Conversation.Role;
import pointsman.dialect.conversation.Conversation.Setting;
import pointsman.dialect.conversation.Conversation.ToolChoice;
import pointsman.dialect.conversation.Conversation.Turn;
import pointsman.dialect.conversation.Fields;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.conversation.ToolOffer;
import pointsman.dialect.wire.Json;

/// Reads a request of Anthropic's messages as a conversation.
public final class MessagesConversationReader {
    /// The fields that change what is asked, though no other dialect has words for them, and why it is
    /// refused then.
    public static final Map<String, String> DEMANDS = Map.of(
            "container", "containers are Anthropic's own",
            "mcp_servers", "only Anthropic calls MCP servers by itself");

    private static final int LITTLE_THOUGHT = 4_096;
    private static final int MUCH_THOUGHT = 16_384;

    private final Fields request;
    private final ToolOffer tools = new ToolOffer();
    private final MessagesBlocks blocks = new MessagesBlocks(tools.names());
    private final List<Part.Text> system = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private Optional<Boolean> parallel = Optional.empty();
    private Optional<Effort> effort = Optional.empty();
    private Format format = new Format.Free();

    private MessagesConversationReader(Fields request) {
        this.request = request;
    }

    /// Reads all fields of a request.
    public static Conversation read(Fields request) {
        return new MessagesConversationReader(request).read();
    }

    private Conversation read() {
        // Where a prompt may be cached is for Anthropic to know; others cache without being told.
        request.forget("model", "stream", "cache_control");
        request.each("tools", this::tool);
        request.object("tool_choice").ifPresent(this::readChoice);
        MessagesBlocks.instructions(request, "system").forEach(text -> system.add((Part.Text) text));
        request.each("messages", this::message);
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
        return new Conversation(system, turns, tools.end(parallel), format, effort, stop, maxTokens, settings);
    }

    private void message(Fields message) {
        var role = message.requiredText("role");
        switch (role) {
            case "user" -> add(Role.USER, blocks.content(message, "content"), message);
            case "assistant" -> add(Role.ASSISTANT, blocks.content(message, "content"), message);
            case "system" -> add(Role.SYSTEM, MessagesBlocks.instructions(message, "content"), message);
            default -> throw message.unsayable("role", "the role '%s' is not known".formatted(role));
        }
        message.end();
    }

    private void add(Role role, List<Part> parts, Fields message) {
        turns.add(new Turn(role, parts, message.at("")));
    }

    private void tool(Fields tool) {
        var type = tool.text("type").orElse("custom");
        var cache = tool.take("cache_control");
        if (type.equals("custom")) {
            tools.addFunction(tool, "", "input_schema", cache);
        } else {
            tools.leaveOut(tool, type);
        }
    }

    private void readChoice(Fields asked) {
        var type = asked.requiredText("type");
        switch (type) {
            case "auto" -> tools.choose(new ToolChoice.Auto(), request, "tool_choice");
            case "none" -> tools.choose(new ToolChoice.None(), request, "tool_choice");
            case "any" -> tools.choose(new ToolChoice.Any(), request, "tool_choice");
            case "tool" -> tools.chooseOne(asked);
            default -> throw asked.unsayable("type", "the choice '%s' is not known".formatted(type));
        }
        parallel = asked.flag("disable_parallel_tool_use").map(disabled -> !disabled);
        asked.end();
    }

    /// A budget of thoughts is said to others as a level. A level that `output_config` names goes before it.
    private void readThinking(Fields thinking) {
        var type = thinking.requiredText("type");
        var budget = thinking.take("budget_tokens").map(tokens -> tokens.asInt(MUCH_THOUGHT));
        switch (type) {
            case "disabled" -> effort = Optional.of(new Effort(Optional.of(Effort.OFF), "thinking"));
            case "enabled", "adaptive" ->
                effort = Optional.of(new Effort(budget.map(MessagesConversationReader::level), "thinking"));
            default -> thinking.note(type);
        }
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
            default -> new Setting("service_tier", Json.MAPPER.valueToTree(tier));
        };
    }
}
