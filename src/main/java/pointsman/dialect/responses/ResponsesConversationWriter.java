package pointsman.dialect.responses;

import java.util.List;
import java.util.stream.Collectors;
import pointsman.dialect.conversation.Conversation;
import pointsman.dialect.conversation.Conversation.Effort;
import pointsman.dialect.conversation.Conversation.Format;
import pointsman.dialect.conversation.Conversation.Role;
import pointsman.dialect.conversation.Conversation.Tool;
import pointsman.dialect.conversation.Conversation.ToolChoice;
import pointsman.dialect.conversation.Dropped;
import pointsman.dialect.conversation.Part;
import pointsman.dialect.conversation.Settings;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a conversation as a request of OpenAI's responses. Nothing is to be stored there: whoever speaks
/// another dialect sends its whole conversation each time. The thoughts come sealed instead, so that they
/// can be given back.
public final class ResponsesConversationWriter {
    /// OpenAI refuses to say less (2026-07: "integer below minimum value").
    private static final int LEAST_TOKENS = 16;

    private static final String SEALED_THOUGHTS = "reasoning.encrypted_content";

    private static final List<String> SETTINGS = List.of(
            "temperature",
            "top_p",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "prompt_cache_options",
            "service_tier");

    private final Dropped dropped;
    private final Conversation conversation;
    private final ObjectNode body = Json.object();

    private ResponsesConversationWriter(Dropped dropped, Conversation conversation) {
        this.dropped = dropped;
        this.conversation = conversation;
    }

    /// Writes a request.
    ///
    /// @param dropped takes what is left out of it
    public static ObjectNode write(Dropped dropped, String model, boolean stream, Conversation conversation) {
        return new ResponsesConversationWriter(dropped, conversation).write(model, stream);
    }

    private ObjectNode write(String model, boolean stream) {
        refuseBegunAnswer();
        body.put("model", model);
        var system = conversation.system().stream().map(Part.Text::text).collect(Collectors.joining("\n\n"));
        if (!conversation.system().isEmpty()) {
            body.put("instructions", system);
        }
        var input = new ResponsesInput(conversation.tools().names(), body.putArray("input"));
        conversation.turns().forEach(input::add);
        writeTools();
        writeText();
        writeEffort();
        conversation.maxTokens().ifPresent(this::writeLimit);
        if (!conversation.stop().isEmpty()) {
            throw unsayable("stop", "its responses stop at no words");
        }
        writeSettings();
        body.put("store", false).putArray("include").add(SEALED_THOUGHTS);
        if (stream) {
            body.put("stream", true);
        }
        return body;
    }

    private void refuseBegunAnswer() {
        if (!conversation.turns().isEmpty()) {
            var last = conversation.turns().getLast();
            if (last.role() == Role.ASSISTANT) {
                throw unsayable(last.at(), "it does not let a client begin the answer");
            }
        }
    }

    private void writeTools() {
        var asked = conversation.tools();
        if (asked.offered().isEmpty()) {
            return;
        }
        var tools = body.putArray("tools");
        asked.offered().forEach(tool -> writeTool(tools.addObject(), tool));
        switch (asked.choice()) {
            case ToolChoice.Auto _ -> {}
            case ToolChoice.None _ -> body.put("tool_choice", "none");
            case ToolChoice.Any _ -> body.put("tool_choice", "required");
            case ToolChoice.Named(var name) ->
                body.putObject("tool_choice")
                        .put("type", asked.names().isCustom(name) ? "custom" : "function")
                        .put("name", name);
        }
        asked.parallel().ifPresent(parallel -> body.put("parallel_tool_calls", parallel));
    }

    private static void writeTool(ObjectNode holder, Tool tool) {
        holder.put("type", tool.text().isPresent() ? "custom" : "function").put("name", tool.name());
        if (tool.text().isPresent()) {
            var text = tool.text().get();
            text.description().ifPresent(words -> holder.put("description", words));
            text.grammar()
                    .ifPresent(grammar -> holder.putObject("format")
                            .put("type", "grammar")
                            .put("syntax", grammar.syntax())
                            .put("definition", grammar.definition()));
            return;
        }
        tool.description().ifPresent(words -> holder.put("description", words));
        holder.set("parameters", tool.schema());
        // Where nobody says so, a schema is kept to the letter here, and nowhere else.
        holder.put("strict", tool.strict().orElse(false));
    }

    private void writeText() {
        switch (conversation.format()) {
            case Format.Free _ -> {}
            case Format.AnyJson _ -> text().putObject("format").put("type", "json_object");
            case Format.Schema(var name, var description, var schema, var strict) -> {
                var format =
                        text().putObject("format").put("type", "json_schema").put("name", name);
                description.ifPresent(words -> format.put("description", words));
                format.set("schema", schema);
                strict.ifPresent(kept -> format.put("strict", kept));
            }
        }
    }

    private ObjectNode text() {
        return body.withObjectProperty("text");
    }

    private void writeEffort() {
        conversation
                .effort()
                .flatMap(Effort::level)
                .filter(level -> !level.equals(Effort.OFF))
                .ifPresent(level -> body.putObject("reasoning").put("effort", level));
    }

    /// A limit that is too low to be said is the lowest that can be.
    private void writeLimit(JsonNode most) {
        var isTooLow = most.isIntegralNumber() && most.asLong() > 0 && most.asLong() < LEAST_TOKENS;
        if (isTooLow) {
            dropped.name("max_tokens");
        }
        body.set("max_output_tokens", isTooLow ? Json.MAPPER.valueToTree(LEAST_TOKENS) : most);
    }

    private void writeSettings() {
        var settings = new Settings(dropped, conversation.settings());
        SETTINGS.forEach(name -> settings.take(name).ifPresent(value -> body.set(name, value)));
        settings.take("verbosity").ifPresent(value -> text().set("verbosity", value));
        settings.end();
    }

    private FailureException unsayable(String field, String why) {
        return new Failure.UnsupportedByUpstream(dropped.upstream(), field, why).asException();
    }
}
