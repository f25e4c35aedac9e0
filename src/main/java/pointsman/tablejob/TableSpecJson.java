package pointsman.tablejob;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.job.FieldOrders;
import pointsman.plan.PlanOptions.Orders;
import pointsman.tablejob.TableSpec.Options;
import pointsman.tablejob.TableSpec.Order;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a table job is asked to do, as JSON: clients send it, and the store keeps it.
final class TableSpecJson {
    private static final JsonMapper JSON = Output.JSON;
    private static final Set<String> KNOWN = Set.of("instruction", "fields", "model", "output", "options", "rows");
    private static final Set<String> KNOWN_OPTIONS = Set.of(
            "ab_guard",
            "orders",
            "reorder",
            "interchangeable",
            "deduplicate",
            "pack",
            "lanes",
            "max_cost_usd",
            "temperature",
            "max_output_tokens");
    private static final int LONGEST_INSTRUCTION = 200_000;
    private static final int MOST_PACKED = 100;
    private static final int TRIAL_ROWS = 200;
    private static final int MOST_TRIAL_ROWS = 2_000;

    private TableSpecJson() {}

    /// Reads what a job is asked to do.
    ///
    /// @param mostLanes that it may ask for
    /// @throws FailureException a [Failure.BadRequest] that names the field at fault
    static TableSpec read(JsonNode json, int mostLanes) {
        if (!json.isObject()) {
            throw bad("job", "A table job is a JSON object.");
        }
        onlyKnown(json, KNOWN, "");
        var instruction = json.path("instruction").asString("");
        if (instruction.isBlank() || instruction.length() > LONGEST_INSTRUCTION) {
            throw bad(
                    "instruction",
                    "'instruction' is a text of 1 to %d characters; this one has %d."
                            .formatted(LONGEST_INSTRUCTION, instruction.length()));
        }
        return new TableSpec(
                instruction,
                names(json.path("fields"), "fields"),
                json.path("model").asString("auto"),
                Output.of(json.path("output")),
                options(json.path("options"), mostLanes));
    }

    /// Writes what [#read] reads.
    static ObjectNode write(TableSpec spec) {
        var json = JSON.createObjectNode().put("instruction", spec.instruction());
        if (!spec.fields().isEmpty()) {
            spec.fields().forEach(json.putArray("fields")::add);
        }
        json.put("model", spec.model());
        json.set("output", Output.json(spec.output()));
        json.set("options", write(spec.options()));
        return json;
    }

    private static ObjectNode write(Options options) {
        var order = options.order();
        var json = JSON.createObjectNode()
                .put("orders", order.fields() == Orders.PER_ROW ? "per-row" : "fixed")
                .put("reorder", order.mayChange())
                .put("deduplicate", options.deduplicate())
                .put("pack", options.pack())
                .put("lanes", options.lanes())
                .put("max_output_tokens", options.maxOutputTokens());
        if (!order.sets().isEmpty()) {
            var sets = json.putArray("interchangeable");
            order.sets().forEach(set -> set.forEach(sets.addArray()::add));
        }
        if (options.maxCostMicros() < Long.MAX_VALUE) {
            json.put("max_cost_usd", BigDecimal.valueOf(options.maxCostMicros(), 6));
        }
        options.temperature().ifPresent(temperature -> json.put("temperature", temperature));
        if (options.trialRows() > 0) {
            json.putObject("ab_guard").put("rows", options.trialRows());
        }
        return json;
    }

    private static Options options(JsonNode json, int mostLanes) {
        if (!json.isMissingNode() && !json.isObject()) {
            throw bad("options", "'options' is a JSON object.");
        }
        onlyKnown(json, KNOWN_OPTIONS, "options.");
        var temperature = temperature(json.path("temperature"));
        var isCold = temperature.isPresent() && temperature.getAsDouble() == 0;
        var deduplicate = flag(json, "deduplicate", isCold);
        if (deduplicate && !isCold) {
            throw bad(
                    "options.deduplicate",
                    "Equal rows can be asked once at temperature 0 only; state \"temperature\": 0.");
        }
        var mayChange = flag(json, "reorder", true);
        int pack = number(json, "pack", 1, 1, MOST_PACKED);
        int trialRows = trialRows(json.path("ab_guard"));
        if (trialRows > 0 && (!mayChange || pack > 1)) {
            throw bad(
                    "options.ab_guard",
                    "The A/B guard compares orders of fields, row by row: it goes with neither \"reorder\": false nor \"pack\".");
        }
        return new Options(
                new Order(
                        FieldOrders.of(json.path("orders").asString("fixed"), "options.orders"),
                        mayChange,
                        sets(json.path("interchangeable"))),
                deduplicate,
                pack,
                number(json, "lanes", 0, 0, mostLanes),
                money(json.path("max_cost_usd")),
                temperature,
                number(json, "max_output_tokens", 0, 0, 1_000_000),
                trialRows);
    }

    /// `true`, or `{"rows": 500}`.
    private static int trialRows(JsonNode json) {
        if (json.isMissingNode() || json.isBoolean()) {
            return json.asBoolean(false) ? TRIAL_ROWS : 0;
        }
        if (!json.isObject()) {
            throw bad("options.ab_guard", "'options.ab_guard' is true, false or {\"rows\": 200}.");
        }
        onlyKnown(json, Set.of("rows"), "options.ab_guard.");
        return number(json, "rows", TRIAL_ROWS, 1, MOST_TRIAL_ROWS);
    }

    private static List<List<String>> sets(JsonNode json) {
        if (!json.isMissingNode() && !json.isArray()) {
            throw bad("options.interchangeable", "'options.interchangeable' is a list of lists of columns.");
        }
        return json.valueStream()
                .map(set -> names(set, "options.interchangeable"))
                .toList();
    }

    private static OptionalDouble temperature(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return OptionalDouble.empty();
        }
        if (!isWithin(json, 2)) {
            throw bad("options.temperature", "'options.temperature' is a number from 0 to 2.");
        }
        return OptionalDouble.of(json.asDouble());
    }

    private static long money(JsonNode json) {
        if (json.isMissingNode() || json.isNull()) {
            return Long.MAX_VALUE;
        }
        if (!isWithin(json, 1e9)) {
            throw bad("options.max_cost_usd", "'options.max_cost_usd' is a number of dollars, 0 or more.");
        }
        return json.decimalValue().movePointRight(6).longValue();
    }

    /// Whether it is a number from 0 to this; one beyond every `double` is not.
    private static boolean isWithin(JsonNode json, double most) {
        return json.isNumber()
                && json.numberValue().doubleValue() >= 0
                && json.numberValue().doubleValue() <= most;
    }

    private static boolean flag(JsonNode json, String name, boolean otherwise) {
        var value = json.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw bad("options." + name, "'options.%s' is true or false.".formatted(name));
        }
        return value.asBoolean(otherwise);
    }

    private static int number(JsonNode json, String name, int otherwise, int least, int most) {
        var value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < least || value.asInt() > most) {
            throw bad("options." + name, "'options.%s' is a whole number from %d to %d.".formatted(name, least, most));
        }
        return value.asInt();
    }

    private static List<String> names(JsonNode json, String field) {
        var isList = json.isArray() && json.valueStream().allMatch(JsonNode::isString);
        if (!json.isMissingNode() && !json.isNull() && !isList) {
            throw bad(field, "'%s' is a list of columns.".formatted(field));
        }
        return json.valueStream().map(JsonNode::asString).toList();
    }

    private static void onlyKnown(JsonNode json, Set<String> known, String prefix) {
        json.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw bad(prefix + name, "There is no '%s%s'.".formatted(prefix, name));
                });
    }

    private static FailureException bad(String field, String message) {
        return Failure.BadRequest.inField(field, message).asException();
    }
}
