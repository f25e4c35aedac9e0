package pointsman.dialect.conversation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import pointsman.dialect.conversation.Conversation.Tool;
import pointsman.dialect.conversation.Conversation.ToolChoice;
import pointsman.dialect.conversation.Conversation.Tools;
import tools.jackson.databind.JsonNode;

/// The tools that a request offers, as far as another dialect can offer them, and whether one must be
/// called. A tool that its maker runs is left out: to have it was an offer. Only who demands it is refused.
public final class ToolOffer {
    private final ToolNames names = new ToolNames();
    private final List<Tool> tools = new ArrayList<>();
    private final Set<String> leftOut = new HashSet<>();
    private ToolChoice choice = new ToolChoice.Auto();

    public ToolNames names() {
        return names;
    }

    /// How many tools are offered so far.
    public int size() {
        return tools.size();
    }

    /// All that is offered.
    ///
    /// @param parallel whether several may be called at once, if the client said so
    /// @throws pointsman.failure.FailureException a [pointsman.failure.Failure.BadRequest] if one must be
    ///     called that is not offered
    public Tools end(Optional<Boolean> parallel) {
        return new Tools(tools, choice, parallel, names);
    }

    /// Adds a function.
    ///
    /// @param schema the field that holds the schema of its arguments
    public void addFunction(Fields function, String namespace, String schema, Optional<JsonNode> cache) {
        var name = names.offer(namespace, function.requiredText("name"), false);
        tools.add(
                new Tool(name, function.text("description"), function.schema(schema), function.flag("strict"), cache));
        function.end();
    }

    /// Adds a tool that takes a text.
    public void addCustom(Fields custom, String namespace, Optional<JsonNode> cache) {
        var name = names.offer(namespace, custom.requiredText("name"), true);
        tools.add(CustomTool.function(name, custom, cache));
        custom.end();
    }

    /// Leaves a tool out that only its maker can run.
    public void leaveOut(Fields tool, String type) {
        leftOut.add(type);
        tool.text("name").ifPresent(leftOut::add);
        tool.drop(type);
    }

    /// Says a namespace's own words with the first of its tools.
    ///
    /// @param first the number of tools before it
    public void describe(int first, String words) {
        if (first < tools.size()) {
            var tool = tools.get(first);
            var text = tool.description().map(own -> words + "\n\n" + own).orElse(words);
            tools.set(
                    first,
                    new Tool(tool.name(), Optional.of(text), tool.schema(), tool.strict(), tool.cache(), tool.text()));
        }
    }

    /// The client leaves it to the model, or wants any or none called.
    ///
    /// @param asked where it says so
    public void choose(ToolChoice chosen, Fields asked, String field) {
        if (chosen instanceof ToolChoice.Any && tools.isEmpty() && !leftOut.isEmpty()) {
            throw asked.unsayable(field, "the tools that are offered run at their maker only");
        }
        choice = chosen;
    }

    /// The client wants one tool called.
    ///
    /// @param asked the choice, which names it
    public void chooseOne(Fields asked) {
        var name = asked.requiredText("name");
        if (leftOut.contains(name)) {
            throw asked.unsayable("", "the tool '%s' runs at its maker only".formatted(name));
        }
        choice = new ToolChoice.Named(names.offered(asked.text("namespace").orElse(""), name));
    }

    /// The client allows some of its tools only.
    ///
    /// @param allowed a list of them, whose entries name a tool directly or within an object named as its
    ///     kind
    /// @param mode whether one of them must be called
    public void restrict(Fields allowed, ToolChoice mode) {
        var kept = Set.copyOf(allowed.objects("tools", this::allowed));
        tools.removeIf(tool -> !kept.contains(tool.name()));
        choose(mode, allowed, "tools");
    }

    private String allowed(Fields entry) {
        var kind = entry.text("type").orElse("function");
        var tool = entry.object(kind).orElse(entry);
        return names.offered(
                tool.text("namespace").orElse(""), tool.text("name").orElse(kind));
    }
}
