package pointsman.tablejob;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.plan.PlanOptions.Orders;

/// What a table job is asked to do. [TableSpecJson] reads it.
///
/// @param instruction the same for every row; `{field}` names a field
/// @param fields the columns to send; empty: all
/// @param model as in a chat: `auto`, a tier, an upstream's model or an alias
/// @param output what an answer shall look like
/// @param options how it is sent
record TableSpec(String instruction, List<String> fields, String model, Output output, Options options) {
    private static final Pattern REFERENCE = Pattern.compile("\\{([^{}\"\\n]{1,200})}");
    private static final int ASSUMED = 50;
    private static final int ASSUMED_FOR_CHOICE = 8;

    TableSpec {
        fields = List.copyOf(fields);
        options.order().sets().forEach(set -> set.forEach(field -> checkNotNamed(instruction, field)));
    }

    /// How a job is sent.
    ///
    /// @param order how far rows and fields may move
    /// @param deduplicate whether equal rows are asked once
    /// @param pack rows in one prompt
    /// @param lanes how many; 0: as many as suit the upstream
    /// @param maxCostMicros where the job stops; [Long#MAX_VALUE]: nowhere
    /// @param temperature as the request states it
    /// @param maxOutputTokens of one answer; 0: the upstream's limit
    /// @param trialRows rows that are asked in both orders before the plan's is trusted; 0: none
    record Options(
            Order order,
            boolean deduplicate,
            int pack,
            int lanes,
            long maxCostMicros,
            OptionalDouble temperature,
            int maxOutputTokens,
            int trialRows) {
        /// Whether a model is taken to repeat itself.
        boolean isCold() {
            return temperature.orElse(1) == 0;
        }
    }

    /// How far rows and fields may move.
    ///
    /// @param fields one order of fields for all rows, or one for each
    /// @param mayChange whether rows and fields may change their order at all
    /// @param sets columns whose values may change places
    record Order(Orders fields, boolean mayChange, List<List<String>> sets) {
        Order {
            sets = sets.stream().map(List::copyOf).toList();
        }
    }

    /// The tokens that one answer is taken to have, for forecasts.
    int assumedOutputTokens() {
        int assumed = output instanceof Output.Choice ? ASSUMED_FOR_CHOICE : ASSUMED;
        return options.maxOutputTokens() > 0 ? Math.min(assumed, options.maxOutputTokens()) : assumed;
    }

    /// The fields that an instruction names.
    private static Set<String> references(String instruction) {
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
        for (var set : options.order().sets()) {
            for (var field : set) {
                if (!sent.contains(field)) {
                    throw bad("options.interchangeable", "'%s' is no column that is sent.".formatted(field));
                }
            }
        }
        for (var field : references(instruction)) {
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

    private static void checkNotNamed(String instruction, String field) {
        if (references(instruction).contains(field)) {
            throw bad(
                    "options.interchangeable",
                    "'%s' cannot change places with others, because the instruction names it.".formatted(field));
        }
    }

    private static FailureException bad(String field, String message) {
        return Failure.BadRequest.inField(field, message).asException();
    }
}
