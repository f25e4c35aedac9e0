package pointsman.dialect.habit;

import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How much a model is to think, and what it does not take while it thinks.
final class ThoughtFitting {
    /// From nothing to all.
    private static final List<String> SCALE =
            List.of("none", "minimal", "low", "medium", "high", "xhigh", "max", "ultra");

    private final Fitting fitting;
    private final Habits habits;
    private final ObjectNode request;

    private ThoughtFitting(Fitting fitting) {
        this.fitting = fitting;
        this.habits = fitting.habits();
        this.request = fitting.request();
    }

    static void fit(Fitting fitting) {
        new ThoughtFitting(fitting).fit();
    }

    private void fit() {
        if (habits.isChat()) {
            effort(request, "reasoning_effort", "reasoning_effort");
            whileItThinks();
            mustHaveThoughts();
        } else if (habits.isResponses()) {
            if (request.path("reasoning") instanceof ObjectNode reasoning) {
                effort(reasoning, "effort", "reasoning.effort");
            }
            whileItThinks();
        } else {
            if (request.path("output_config") instanceof ObjectNode output) {
                effort(output, "effort", "output_config.effort");
            }
            budget();
        }
    }

    /// An effort that is not known there is the nearest one that is.
    private void effort(ObjectNode holder, String field, String path) {
        var known = habits.list(Habit.EFFORTS);
        var asked = holder.path(field).asString("");
        if (known.isEmpty() || !holder.has(field) || known.contains(asked)) {
            return;
        }
        var place = SCALE.indexOf(asked);
        if (place < 0) {
            fitting.remove(holder, field, path);
            return;
        }
        var nearest = known.stream()
                .filter(SCALE::contains)
                .min(Comparator.comparingInt(word -> Math.abs(SCALE.indexOf(word) - place)));
        holder.remove(field);
        nearest.ifPresent(word -> holder.put(field, word));
        fitting.name(path);
    }

    private void whileItThinks() {
        var refused = habits.list(Habit.REFUSES_THINKING);
        if (refused.contains("tools") && !request.path("tools").isEmpty() && thinks()) {
            thinkNotForTools();
        }
        if (thinks()) {
            refused.stream()
                    .filter(field -> !field.equals("tools"))
                    .forEach(field -> fitting.remove(request, field, field));
        }
    }

    /// Its chat completions take tools only from who does not let it think. Nobody asked it to think here, so
    /// it does not, and that is told.
    private void thinkNotForTools() {
        if (request.hasNonNull("reasoning_effort")) {
            throw fitting.refused(
                    "reasoning_effort", "its chat completions take no tools beside one; its Responses take both");
        }
        request.put("reasoning_effort", "none");
        fitting.name("reasoning_effort");
    }

    private boolean thinks() {
        var effort = habits.isResponses()
                ? request.path("reasoning").path("effort").asString("")
                : request.path("reasoning_effort").asString("");
        return switch (habits.value(Habit.THINKS)) {
            case "always" -> true;
            case "if-asked" -> !effort.isEmpty() && !effort.equals("none");
            case "unless-none" -> !effort.equals("none");
            default -> false;
        };
    }

    /// What it thought before it called a tool is gone where another model thought it, or the client kept
    /// none.
    private void mustHaveThoughts() {
        var lacks = habits.has(Habit.REASONING)
                && request.path("messages").valueStream().anyMatch(ThoughtFitting::callsWithoutThought)
                && !request.path("thinking").path("type").asString("").equals("disabled");
        if (lacks) {
            request.putObject("thinking").put("type", "disabled");
            fitting.name("thinking");
            fitting.remove(request, "reasoning_effort", "reasoning_effort");
        }
    }

    private static boolean callsWithoutThought(JsonNode message) {
        return !message.path("tool_calls").isEmpty()
                && message.path("reasoning_content").asString("").isEmpty();
    }

    private void budget() {
        var isSet = request.path("thinking").path("type").asString("").equals("enabled");
        if (habits.has(Habit.THINKING_BUDGET) && isSet && request.path("thinking") instanceof ObjectNode thinking) {
            thinking.put("type", "adaptive").remove("budget_tokens");
            fitting.name("thinking.budget_tokens");
        }
    }
}
