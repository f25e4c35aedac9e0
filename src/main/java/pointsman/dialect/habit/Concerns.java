package pointsman.dialect.habit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What [HabitScan] looks for, worked out once for a model.
///
/// @param fields top-level fields that are reason enough to read the request
/// @param inMessages fields of messages that are
/// @param needsTools fields that are where no tools are offered
/// @param notBoth fields that are together
/// @param most bounds of whole numbers, and of lists
record Concerns(
        List<String> fields,
        List<String> inMessages,
        List<String> needsTools,
        List<String> notBoth,
        Map<String, Integer> most) {
    private static final String MESSAGES = "messages.";

    static Concerns of(Habits habits) {
        var fields = new TreeSet<String>();
        var inMessages = new ArrayList<String>();
        fields.addAll(habits.pairs(Habit.RENAMES).keySet());
        for (var field : habits.list(Habit.REFUSES)) {
            if (field.startsWith(MESSAGES)) {
                inMessages.add(field.substring(MESSAGES.length()));
            } else {
                fields.add(field);
            }
        }
        switch (habits.value(Habit.THINKS)) {
            case "if-asked" -> fields.add(habits.isResponses() ? "reasoning" : "reasoning_effort");
            case "unless-none", "always" -> fields.addAll(habits.list(Habit.REFUSES_THINKING));
            default -> {}
        }
        if (habits.has(Habit.BLANK_STOP)) {
            fields.add(habits.isChat() ? "stop" : "stop_sequences");
        }
        if (habits.has(Habit.TOOL_CHOICE)) {
            fields.add("tool_choice");
        }
        if (habits.isChat() && (habits.has(Habit.FORMATS) || habits.readsSchemas())) {
            fields.add("response_format");
        }
        if (habits.isResponses() && habits.readsSchemas()) {
            fields.add("text");
        }
        if (habits.has(Habit.SERVED)) {
            fields.add("model");
        }
        if (habits.has(Habit.ATTRIBUTION)) {
            fields.add("system");
        }
        var most = habits.pairs(Habit.AT_MOST).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, bound -> (int) Double.parseDouble(bound.getValue())));
        return new Concerns(
                List.copyOf(fields), inMessages, habits.list(Habit.NEEDS_TOOLS), habits.list(Habit.NOT_BOTH), most);
    }
}
