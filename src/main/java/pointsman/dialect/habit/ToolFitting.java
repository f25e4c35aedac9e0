package pointsman.dialect.habit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The tools that are offered, and which is to be called.
///
/// A name that is too long there is refused, not made to fit: a client of the same dialect would get its
/// call back under another name. Where the client speaks another dialect, its translation has made the name
/// fit already, and takes it back.
final class ToolFitting {
    private final Fitting fitting;
    private final Habits habits;
    private final ObjectNode request;

    private ToolFitting(Fitting fitting) {
        this.fitting = fitting;
        this.habits = fitting.habits();
        this.request = fitting.request();
    }

    static void fit(Fitting fitting) {
        new ToolFitting(fitting).fit();
    }

    private void fit() {
        for (var tool : request.path("tools")) {
            var name = name(tool);
            if (!name.isEmpty() && !habits.takesToolName(name)) {
                throw fitting.refused("tools.name", "its names are like %s".formatted(habits.value(Habit.TOOL_NAME)));
            }
        }
        if (habits.has(Habit.EMPTY_TOOLS) && isEmptyList(request.path("tools"))) {
            request.remove("tools");
            fitting.change();
        }
        if (request.path("tools").isEmpty()) {
            habits.list(Habit.NEEDS_TOOLS).forEach(this::removeWithoutTools);
        }
        choose();
    }

    /// How many tools are called at once, or that none is, asks for nothing where there are none.
    private void removeWithoutTools(String field) {
        if (!field.equals("tool_choice")) {
            if (request.remove(field) != null) {
                fitting.change();
            }
            return;
        }
        fitting.remove(request, field, field);
    }

    private static boolean isEmptyList(JsonNode tools) {
        return tools.isArray() && tools.isEmpty();
    }

    private String name(JsonNode tool) {
        var named = habits.isChat() ? tool.path(tool.path("type").asString("function")) : tool;
        return named.path("name").asString("");
    }

    /// To be offered one tool alone, and to have to call one, is to have to call this one.
    private void choose() {
        var known = habits.list(Habit.TOOL_CHOICE);
        var choice = request.path("tool_choice");
        if (known.isEmpty() || choice.isMissingNode() || choice.isNull() || known.contains(choice.asString("-"))) {
            return;
        }
        var wanted = name(choice);
        var tools = request.path("tools");
        if (wanted.isEmpty() || !known.contains("required")) {
            throw fitting.refused("tool_choice", "it knows %s".formatted(String.join(", ", known)));
        }
        fitting.remove(tools, tool -> !name(tool).equals(wanted));
        if (tools.isEmpty()) {
            throw fitting.refused("tool_choice", "no tool of that name is offered");
        }
        request.put("tool_choice", "required");
        fitting.change();
    }
}
