package pointsman.dialect.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pointsman.failure.Failure;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A request between two dialects: what each of them can say, in words of none. It exists only while a
/// request is translated; a client and an upstream of the same dialect never meet it.
///
/// @param system the instructions, in order
/// @param turns what was said, in order; neighbours may have the same role
/// @param tools what may be called
/// @param format what the answer must look like
/// @param effort how much to think, if the client said so
/// @param stop words that end the answer
/// @param maxTokens of the answer, if the client said so
/// @param settings the plain values, by a neutral name. A writer takes those that its dialect knows; one that
///     is left is dropped, or refused if it changes what is asked
public record Conversation(
        List<Part.Text> system,
        List<Turn> turns,
        Tools tools,
        Format format,
        Optional<Effort> effort,
        List<String> stop,
        Optional<JsonNode> maxTokens,
        Map<String, Setting> settings) {

    public Conversation {
        // What is left of a turn of which nothing could be said is not said either.
        turns = turns.stream().filter(turn -> !turn.parts().isEmpty()).toList();
    }

    /// Who speaks in a turn. What a tool gave back is the user's.
    public enum Role {
        /// Instructions in the middle of a conversation.
        SYSTEM,
        USER,
        ASSISTANT
    }

    /// What one side said at once.
    ///
    /// @param at where it stands in the client's request, for failures
    public record Turn(Role role, List<Part> parts, String at) {}

    /// The turns, neighbours of the same role made one: where one dialect has an item for each call and each
    /// result, others have one message for all.
    ///
    /// @param roles whose turns are merged
    public List<Turn> mergedTurns(Set<Role> roles) {
        return merged(turns, roles);
    }

    /// The same of any turns.
    public static List<Turn> merged(List<Turn> turns, Set<Role> roles) {
        var merged = new ArrayList<Turn>();
        for (var turn : turns) {
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.role() == turn.role() && roles.contains(turn.role())) {
                var parts = new ArrayList<>(last.parts());
                parts.addAll(turn.parts());
                merged.set(merged.size() - 1, new Turn(turn.role(), parts, last.at()));
            } else {
                merged.add(turn);
            }
        }
        return merged;
    }

    /// What the client can call.
    ///
    /// @param offered the functions
    /// @param choice whether one must be called
    /// @param parallel whether several may be called at once, if the client said so
    /// @param names what the client calls them
    public record Tools(List<Tool> offered, ToolChoice choice, Optional<Boolean> parallel, ToolNames names) {
        public Tools {
            offered = List.copyOf(offered);
            if (choice instanceof ToolChoice.Named(var name)
                    && offered.stream().noneMatch(tool -> tool.name().equals(name))) {
                throw Failure.BadRequest.inField(
                                "tool_choice", "The tool '%s' that must be called is not offered.".formatted(name))
                        .asException();
            }
            if (choice instanceof ToolChoice.Any && offered.isEmpty()) {
                throw Failure.BadRequest.inField("tool_choice", "A tool must be called, but none is offered.")
                        .asException();
            }
        }
    }

    /// A function that the client can call.
    ///
    /// @param schema of its arguments
    /// @param strict whether the arguments must keep to it
    /// @param text what it is where tools may take a text; empty if its arguments are an object there, too
    public record Tool(
            String name,
            Optional<String> description,
            ObjectNode schema,
            Optional<Boolean> strict,
            Optional<JsonNode> cache,
            Optional<TextTool> text) {
        /// A function.
        public Tool(
                String name,
                Optional<String> description,
                ObjectNode schema,
                Optional<Boolean> strict,
                Optional<JsonNode> cache) {
            this(name, description, schema, strict, cache, Optional.empty());
        }
    }

    /// A tool that takes a text.
    ///
    /// @param description in the client's own words
    /// @param grammar that the text must keep to, `syntax` and `definition`; empty if it is free
    public record TextTool(Optional<String> description, Optional<Grammar> grammar) {}

    /// What a text must look like.
    ///
    /// @param syntax `lark` or `regex`
    public record Grammar(String syntax, String definition) {}

    /// Whether a tool is called.
    public sealed interface ToolChoice {
        /// As the model likes.
        record Auto() implements ToolChoice {}

        /// None.
        record None() implements ToolChoice {}

        /// At least one, whichever.
        record Any() implements ToolChoice {}

        /// This one.
        record Named(String name) implements ToolChoice {}
    }

    /// What an answer looks like.
    public sealed interface Format {
        /// As the model likes.
        record Free() implements Format {}

        /// Some JSON object.
        record AnyJson() implements Format {}

        /// JSON that keeps to a schema.
        record Schema(String name, Optional<String> description, ObjectNode schema, Optional<Boolean> strict)
                implements Format {}
    }

    /// How much a model is to think.
    ///
    /// @param level `off`, `none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`; empty where the client
    ///     only wants it on
    /// @param field where the client said so
    public record Effort(Optional<String> level, String field) {
        /// Not at all, said where that is not the default.
        static final String NONE = "none";

        /// Not at all, said where that is the default anyway.
        public static final String OFF = "off";

        public boolean isNone() {
            return level.filter(word -> word.equals(NONE) || word.equals(OFF)).isPresent();
        }
    }

    /// One plain value.
    ///
    /// @param field what the client calls it
    public record Setting(String field, JsonNode value) {}
}
