package pointsman.tablejob;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.plan.PlanOptions.Orders;
import tools.jackson.databind.JsonNode;

/// What a table job is asked to do, as its JSON says it.
///
/// @param instruction the same for every row; `{field}` names a field
/// @param fields the columns to send; empty: all
/// @param model as in a chat: `auto`, a tier, an upstream's model or an alias
/// @param output what an answer shall look like
/// @param options how it is sent
public record TableSpec(String instruction, List<String> fields, String model, Output output, Options options) {
    private static final Pattern REFERENCE = Pattern.compile("\\{([^{}\"\\n]{1,200})}");
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
    private static final int ASSUMED = 50;
    private static final int ASSUMED_FOR_CHOICE = 8;
    private static final int LONGEST_INSTRUCTION = 200_000;
    private static final int MOST_PACKED = 100;
    private static final int TRIAL_ROWS = 200;
    private static final int MOST_TRIAL_ROWS = 2_000;

    /// How a job is sent.
    ///
    /// @param orders one order of fields for all rows, or one for each
    /// @param reorder whether rows and fields may change their order at all
    /// @param sets columns whose values may change places
    /// @param deduplicate whether equal rows are asked once
    /// @param pack rows in one prompt
    /// @param lanes how many; 0: as many as suit the upstream
    /// @param maxCostMicros where the job stops; [Long#MAX_VALUE]: nowhere
    /// @param temperature as the request states it
    /// @param maxOutputTokens of one answer; 0: the upstream's limit
    /// @param trialRows rows that are asked in both orders before the plan's is trusted; 0: none
    public record Options(
            Orders orders,
            boolean reorder,
            List<List<String>> sets,
            boolean deduplicate,
            int pack,
            int lanes,
            long maxCostMicros,
            OptionalDouble temperature,
            int maxOutputTokens,
            int trialRows) {}

    /// Reads the JSON of a job.
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
        var spec = new TableSpec(
                instruction,
                names(json.path("fields"), "fields"),
                json.path("model").asString("auto"),
                Output.of(json.path("output")),
                options(json.path("options"), mostLanes));
        spec.options().sets().forEach(set -> set.forEach(spec::checkNotNamed));
        return spec;
    }

    /// The tokens that one answer is taken to have, for forecasts.
    public int assumedOutputTokens() {
        int assumed = output instanceof Output.Choice ? ASSUMED_FOR_CHOICE : ASSUMED;
        return options.maxOutputTokens() > 0 ? Math.min(assumed, options.maxOutputTokens()) : assumed;
    }

    /// The fields that the instruction names.
    Set<String> references() {
        var names = new HashSet<String>();
        REFERENCE.matcher(instruction).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /// The columns of a table that are sent.
    ///
    /// @throws FailureException a [Failure.BadRequest] if the job names a column that the table lacks
    List<String> columnsOf(List<String> names) {
        for (var field : fields) {
            if (!names.contains(field)) {
                throw bad("fields", "The table has no column '%s'; it has %s.".formatted(field, names));
            }
        }
        var sent = fields.isEmpty() ? names : fields;
        for (var set : options.sets()) {
            for (var field : set) {
                if (!sent.contains(field)) {
                    throw bad("options.interchangeable", "'%s' is no column that is sent.".formatted(field));
                }
            }
        }
        for (var field : references()) {
            if (names.contains(field) && !sent.contains(field)) {
                throw bad("instruction", "It names {%s}, which 'fields' leaves out.".formatted(field));
            }
        }
        return sent;
    }

    /// The instruction with every `{field}` that is one as the name that stands in the row.
    String instructionFor(List<String> columns) {
        return REFERENCE
                .matcher(instruction)
                .replaceAll(found -> Matcher.quoteReplacement(
                        columns.contains(found.group(1)) ? "\"" + found.group(1) + "\"" : found.group()));
    }

    private void checkNotNamed(String field) {
        if (references().contains(field)) {
            throw bad(
                    "options.interchangeable",
                    "'%s' cannot change places with others, because the instruction names it.".formatted(field));
        }
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
        var reorder = flag(json, "reorder", true);
        int pack = number(json, "pack", 1, 1, MOST_PACKED);
        int trialRows = trialRows(json.path("ab_guard"));
        if (trialRows > 0 && (!reorder || pack > 1)) {
            throw bad(
                    "options.ab_guard",
                    "The A/B guard compares orders of fields, row by row: it goes with neither \"reorder\": false nor \"pack\".");
        }
        return new Options(
                orders(json.path("orders").asString("fixed"), "options.orders"),
                reorder,
                sets(json.path("interchangeable")),
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

    /// How the job is sent.
    ///
    /// @param field that says it
    public static Orders orders(String word, String field) {
        return switch (word) {
            case "fixed" -> Orders.FIXED;
            case "per-row" -> Orders.PER_ROW;
            default -> throw bad(field, "'%s' is \"fixed\" or \"per-row\".".formatted(field));
        };
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
        Optional<String> strange = json.propertyNames().stream()
                .filter(name -> !known.contains(name))
                .findFirst();
        strange.ifPresent(name -> {
            throw bad(prefix + name, "There is no '%s%s'.".formatted(prefix, name));
        });
    }

    private static FailureException bad(String field, String message) {
        return Failure.BadRequest.inField(field, message).asException();
    }
}
