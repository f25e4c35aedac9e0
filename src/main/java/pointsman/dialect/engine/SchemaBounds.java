package pointsman.dialect.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import pointsman.dialect.wire.Json;
import pointsman.failure.FailureException;
import tools.jackson.databind.JsonNode;

/// How much grammar the schemas of one request may become. llama.cpp writes a rule for every part of a
/// schema, one for each way of leaving out an optional property, and as many copies as a repetition asks
/// for; and it follows a reference within `allOf` without looking whether it was there before, until its
/// stack ends.
///
/// Sums count over all schemas of the request, for the engine builds one grammar of them.
final class SchemaBounds {
    private static final int LONGEST_BYTES = 64 * 1024;
    private static final int DEEPEST = 32;
    private static final int MOST_PROPERTIES_OF_ONE = 256;
    private static final int MOST_PROPERTIES = 2_000;
    private static final long MOST_REPETITIONS = 200_000;
    private static final int LONGEST_PATTERN = 512;
    private static final int DEEPEST_PATTERN = 16;
    private static final long MOST_IN_PATTERN = 2_000;
    private static final List<String> REPETITIONS = List.of("minLength", "maxLength", "minItems", "maxItems");
    private static final List<String> CHOICES = List.of("allOf", "anyOf", "oneOf");

    /// What means itself in a pattern: an escaped character, and whatever stands in a class.
    private static final Pattern LITERAL = Pattern.compile("\\\\.|\\[(?:\\\\.|[^\\]\\\\])*]", Pattern.DOTALL);

    private static final Pattern BRACES = Pattern.compile("\\{([^}]*)}?");
    private static final Pattern COUNT = Pattern.compile("\\d{1,9}(,\\d{0,9})?");
    private static final Pattern REPEATED_GROUP = Pattern.compile("\\)\\{(\\d+)(?:,(\\d*))?}");

    private final Function<String, FailureException> refused;
    private int properties;
    private long repetitions;

    /// @param refused makes the failure of a reason
    SchemaBounds(Function<String, FailureException> refused) {
        this.refused = refused;
    }

    /// Counts a schema in.
    ///
    /// @param root the schema that its references point into
    void check(JsonNode root) {
        if (root.isContainer() && Json.MAPPER.writeValueAsBytes(root).length > LONGEST_BYTES) {
            throw refused.apply("a schema may be %d bytes long there".formatted(LONGEST_BYTES));
        }
        check(root, root, 0);
    }

    private void check(JsonNode root, JsonNode schema, int depth) {
        if (depth > DEEPEST) {
            throw refused.apply("a schema may be %d levels deep there".formatted(DEEPEST));
        }
        REPETITIONS.forEach(name -> repeated(schema.path(name)));
        properties(schema.path("properties").size());
        if (schema.path("pattern").isString()) {
            pattern(schema.path("pattern").stringValue());
        }
        if (schema.has("$ref")) {
            meansSomething(root, schema, new HashSet<>());
        }
        for (var part : schema) {
            if (part.isContainer()) {
                check(root, part, depth + 1);
            }
        }
    }

    private void repeated(JsonNode times) {
        if (times.isNumber()) {
            var asked = times.doubleValue();
            repetitions += asked > MOST_REPETITIONS ? MOST_REPETITIONS + 1 : (long) Math.max(0, asked);
            if (repetitions > MOST_REPETITIONS) {
                throw refused.apply("the lengths in its schemas may be %,d together there".formatted(MOST_REPETITIONS));
            }
        }
    }

    private void properties(int count) {
        properties += count;
        if (count > MOST_PROPERTIES_OF_ONE || properties > MOST_PROPERTIES) {
            throw refused.apply("an object may have %,d properties there, and a request %,d"
                    .formatted(MOST_PROPERTIES_OF_ONE, MOST_PROPERTIES));
        }
    }

    /// A reference that leads back to itself by references and choices alone says nothing.
    private void meansSomething(JsonNode root, JsonNode schema, Set<String> seen) {
        var reference = schema.path("$ref").asString("");
        if (!reference.isEmpty() && !seen.add(reference)) {
            throw refused.apply("the reference %s of its schema leads to itself"
                    .formatted(reference.length() <= 80 ? reference : reference.substring(0, 80)));
        }
        for (var next : steps(root, schema, reference)) {
            meansSomething(root, next, new HashSet<>(seen));
        }
    }

    private static List<JsonNode> steps(JsonNode root, JsonNode schema, String reference) {
        var steps = new ArrayList<JsonNode>();
        if (reference.startsWith("#/")) {
            steps.add(root.at(reference.substring(1)));
        } else if (reference.equals("#")) {
            steps.add(root);
        }
        for (var name : CHOICES) {
            schema.path(name).forEach(steps::add);
        }
        return steps;
    }

    private void pattern(String pattern) {
        var syntax = LITERAL.matcher(pattern).replaceAll("a");
        if (pattern.length() > LONGEST_PATTERN || groups(syntax) > DEEPEST_PATTERN) {
            throw refused.apply("a pattern may have %d characters and groups %d deep there"
                    .formatted(LONGEST_PATTERN, DEEPEST_PATTERN));
        }
        if (copies(syntax) > MOST_IN_PATTERN) {
            throw refused.apply(
                    "what a pattern repeats may be %,d there, written {n} or {n,m}".formatted(MOST_IN_PATTERN));
        }
    }

    /// The sum of all repetitions, times those of groups, which may hold the others.
    private static long copies(String syntax) {
        long sum = 0;
        var braces = BRACES.matcher(syntax);
        while (braces.find()) {
            if (!COUNT.matcher(braces.group(1)).matches()) {
                return Long.MAX_VALUE;
            }
            sum += most(braces.group(1));
        }
        var groups = REPEATED_GROUP.matcher(syntax);
        while (groups.find() && sum <= MOST_IN_PATTERN) {
            sum *= Math.max(1, most(syntax.substring(groups.start() + 2, groups.end() - 1)));
        }
        return sum;
    }

    private static long most(String count) {
        var comma = count.indexOf(',');
        return Long.parseLong(
                comma < 0 || comma == count.length() - 1 ? count.replace(",", "") : count.substring(comma + 1));
    }

    private static int groups(String syntax) {
        int deepest = 0;
        int depth = 0;
        for (int at = 0; at < syntax.length(); at++) {
            depth += step(syntax.charAt(at));
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    private static int step(char character) {
        return switch (character) {
            case '(' -> 1;
            case ')' -> -1;
            default -> 0;
        };
    }
}
