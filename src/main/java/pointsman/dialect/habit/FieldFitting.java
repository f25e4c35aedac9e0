package pointsman.dialect.habit;

import java.math.BigDecimal;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The plain fields of a request: names, bounds, and what is not taken at all.
final class FieldFitting {
    private static final String MESSAGES = "messages.";

    private final Fitting fitting;
    private final Habits habits;
    private final ObjectNode request;

    private FieldFitting(Fitting fitting) {
        this.fitting = fitting;
        this.habits = fitting.habits();
        this.request = fitting.request();
    }

    static void fit(Fitting fitting) {
        new FieldFitting(fitting).fit();
    }

    private void fit() {
        if (habits.has(Habit.SERVED)) {
            throw fitting.refused("model", "the model is served there in another dialect only");
        }
        habits.pairs(Habit.RENAMES).forEach(this::rename);
        for (var field : habits.list(Habit.REFUSES)) {
            if (!field.startsWith(MESSAGES)) {
                fitting.remove(request, field, field);
            }
        }
        habits.pairs(Habit.AT_MOST).forEach((field, most) -> bound(field, new BigDecimal(most)));
        oneOfTwo();
        blankStops();
        formats();
    }

    /// The name that counts there is left alone where a client has set both.
    private void rename(String from, String to) {
        var value = request.remove(from);
        if (value != null) {
            if (request.hasNonNull(to)) {
                fitting.name(from);
            } else {
                request.set(to, value);
            }
            fitting.change();
        }
    }

    /// A hint that goes too far is as much as it can be; a demand is refused.
    private void bound(String field, BigDecimal most) {
        var value = request.path(field);
        var size = value.isArray() ? BigDecimal.valueOf(value.size()) : number(value);
        if (size.compareTo(most) <= 0) {
            return;
        }
        if (value.isArray() || Fitting.isDemand(field)) {
            throw fitting.refused(field, "it takes at most %s there, not %s".formatted(most, size));
        }
        request.put(field, most);
        fitting.name(field);
    }

    private static BigDecimal number(JsonNode value) {
        return value.isNumber() ? value.decimalValue() : BigDecimal.ZERO;
    }

    private void oneOfTwo() {
        var two = habits.list(Habit.NOT_BOTH);
        if (!two.isEmpty() && two.stream().allMatch(request::hasNonNull)) {
            request.remove(two.getLast());
            fitting.name(two.getLast());
        }
    }

    private void blankStops() {
        var field = habits.isChat() ? "stop" : "stop_sequences";
        if (!habits.has(Habit.BLANK_STOP) || !request.has(field)) {
            return;
        }
        var stop = request.path(field);
        if (fitting.remove(stop, FieldFitting::isBlank)) {
            fitting.name(field);
        }
        if (isBlank(stop) || (stop.isArray() && stop.isEmpty())) {
            request.remove(field);
            fitting.name(field);
        }
    }

    private static boolean isBlank(JsonNode word) {
        return word.isString() && word.stringValue().isBlank();
    }

    /// Any JSON object is what the schema of any object describes.
    private void formats() {
        var known = habits.list(Habit.FORMATS);
        var type = request.path("response_format").path("type").asString("");
        if (known.isEmpty() || type.isEmpty() || known.contains(type)) {
            return;
        }
        switch (type) {
            case "text" -> request.remove("response_format");
            case "json_object" -> {
                var schema = Json.object().put("name", "answer");
                schema.putObject("schema").put("type", "object");
                request.putObject("response_format").put("type", "json_schema").set("json_schema", schema);
            }
            default -> throw fitting.refused("response_format", "it does not answer by '%s'".formatted(type));
        }
        fitting.change();
    }
}
