package pointsman.dialect.conversation;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// What the tools of a client are called at an upstream, and which tool a call from there means.
///
/// Elsewhere a tool has one name of at most 64 letters, digits, `_` and `-`. Anthropic's may be twice as
/// long, and OpenAI's responses know namespaces. A name goes out as it is where it can; else it is made to
/// fit, and where that shortens it or another tool has it already, a hash of the whole name ends it: so the
/// same tool is called the same in every turn of a conversation.
public final class ToolNames {
    /// What every dialect takes.
    private static final int LONGEST = 64;

    private static final int HASH = 8;

    private final Map<ClientTool, String> names = new HashMap<>();
    private final Map<String, ClientTool> tools = new HashMap<>();
    private final Map<String, Boolean> custom = new HashMap<>();

    /// The upstream's name for a tool that is offered.
    ///
    /// @param namespace empty if it has none
    /// @param isCustom whether the client takes a text for it instead of arguments
    String offer(String namespace, String name, boolean isCustom) {
        var made = of(namespace, name);
        custom.put(made, isCustom);
        return made;
    }

    /// The upstream's name for a tool, whether it is offered or only stands in the history.
    public String of(String namespace, String name) {
        var tool = new ClientTool(namespace, name);
        var known = names.get(tool);
        if (known != null) {
            return known;
        }
        var made = make(tool);
        names.put(tool, made);
        tools.put(made, tool);
        return made;
    }

    /// The upstream's name for a tool that is offered, which a client may call without its namespace.
    String offered(String namespace, String name) {
        return tools.entrySet().stream()
                .filter(entry -> namespace.isEmpty() && entry.getValue().name().equals(name))
                .map(Map.Entry::getKey)
                .min(Comparator.comparingInt(String::length))
                .orElseGet(() -> of(namespace, name));
    }

    /// The tool that an upstream's name means; one that nobody offered stays as it is.
    public ClientTool back(String name) {
        return tools.getOrDefault(name, new ClientTool("", name));
    }

    /// Whether the client takes a text for the tool of this name instead of arguments.
    public boolean isCustom(String name) {
        return custom.getOrDefault(name, false);
    }

    private String make(ClientTool tool) {
        var fitting = tool.path().replaceAll("[^a-zA-Z0-9_-]", "_");
        if (!fitting.isEmpty() && fitting.length() <= LONGEST && !tools.containsKey(fitting)) {
            return fitting;
        }
        var hash = UUID.nameUUIDFromBytes(tool.path().getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, HASH);
        return fitting.substring(0, Math.min(fitting.length(), LONGEST - HASH - 1)) + "_" + hash;
    }

    /// A tool as the client names it.
    ///
    /// @param namespace empty if it has none
    public record ClientTool(String namespace, String name) {
        private String path() {
            return namespace.isEmpty() ? name : namespace + "__" + name;
        }
    }
}
