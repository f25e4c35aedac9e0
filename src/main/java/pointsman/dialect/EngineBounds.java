package pointsman.dialect;

import java.util.List;
import java.util.regex.Pattern;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How much of what [EngineFields] lists an engine of the gateway's own is asked for.
///
/// @param upstream its name, for failures
record EngineBounds(String upstream) {
    private static final int LONGEST_SCHEMA_BYTES = 64 * 1024;
    private static final int LONGEST_TOOLS_BYTES = 512 * 1024;
    private static final int DEEPEST_SCHEMA = 32;
    private static final int LONGEST_PATTERN = 512;
    private static final int DEEPEST_PATTERN = 16;
    private static final int MOST_REPETITIONS = 100_000;
    private static final int MOST_PATTERN_REPETITIONS = 1_000;
    private static final int MOST_BIASES = 1_000;
    private static final int MOST_STOPS = 64;
    private static final int MOST_CHOICES = 16;
    private static final int MOST_LOGPROBS = 20;
    private static final int MOST_TEMPLATE_ARGUMENTS = 16;
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d*),?(\\d*)}");

    /// @param takesTools whether the model's chat template has a place for tools
    /// @throws FailureException a [Failure.UnsupportedByUpstream] that names the field and its bound
    void check(ObjectNode request, boolean takesTools) {
        var tools = request.path("tools");
        if (!takesTools && !tools.isEmpty() && !isNone(request.path("tool_choice"))) {
            throw refused("tools", "its model was taught no tools and would never see them");
        }
        atMost("n", request.path("n"), MOST_CHOICES);
        atMost("top_logprobs", request.path("top_logprobs"), MOST_LOGPROBS);
        atMost("logprobs", request.path("logprobs"), MOST_LOGPROBS);
        entries("logit_bias", request.path("logit_bias"), MOST_BIASES);
        entries("stop", request.path("stop"), MOST_STOPS);
        scalars("chat_template_kwargs", request.path("chat_template_kwargs"));
        bytes("tools", tools, LONGEST_TOOLS_BYTES);
        for (var tool : tools) {
            schema("tools", tool.path("function").path("parameters"));
        }
        schema("response_format", request.path("response_format"));
    }

    private static boolean isNone(JsonNode choice) {
        return choice.isString() && choice.stringValue().equals("none");
    }

    private void schema(String field, JsonNode schema) {
        bytes(field, schema, LONGEST_SCHEMA_BYTES);
        bounded(field, schema, 0);
    }

    /// A schema becomes a grammar of as many rules, as deep, and with as many repetitions as it asks for.
    private void bounded(String field, JsonNode schema, int depth) {
        if (depth > DEEPEST_SCHEMA) {
            throw refused(field, "a schema may be %d levels deep there".formatted(DEEPEST_SCHEMA));
        }
        for (var name : List.of("minLength", "maxLength", "minItems", "maxItems")) {
            atMost(field, schema.path(name), MOST_REPETITIONS);
        }
        if (schema.path("pattern").isString()) {
            pattern(field, schema.path("pattern").stringValue());
        }
        for (var part : schema) {
            if (part.isContainer()) {
                bounded(field, part, depth + 1);
            }
        }
    }

    private void pattern(String field, String pattern) {
        if (pattern.length() > LONGEST_PATTERN || groups(pattern) > DEEPEST_PATTERN) {
            throw refused(
                    field,
                    "a pattern may have %d characters and groups %d deep there"
                            .formatted(LONGEST_PATTERN, DEEPEST_PATTERN));
        }
        var repetitions = REPETITION.matcher(pattern);
        while (repetitions.find()) {
            if (isTooMany(repetitions.group(1)) || isTooMany(repetitions.group(2))) {
                throw refused(field, "a pattern may repeat %d times there".formatted(MOST_PATTERN_REPETITIONS));
            }
        }
    }

    private static boolean isTooMany(String number) {
        return number.length() > 9 || (!number.isEmpty() && Integer.parseInt(number) > MOST_PATTERN_REPETITIONS);
    }

    private static int groups(String pattern) {
        int deepest = 0;
        int depth = 0;
        for (int at = 0; at < pattern.length(); at++) {
            depth += step(pattern.charAt(at));
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

    private void bytes(String field, JsonNode value, int most) {
        if (value.isContainer() && Json.MAPPER.writeValueAsBytes(value).length > most) {
            throw refused(field, "it may be %d bytes long there".formatted(most));
        }
    }

    private void atMost(String field, JsonNode value, int most) {
        if (value.isNumber() && value.doubleValue() > most) {
            throw refused(field, "it may be %d at most there".formatted(most));
        }
    }

    private void entries(String field, JsonNode value, int most) {
        if (value.size() > most) {
            throw refused(field, "it may have %d entries there".formatted(most));
        }
    }

    private void scalars(String field, JsonNode value) {
        entries(field, value, MOST_TEMPLATE_ARGUMENTS);
        for (var argument : value) {
            if (argument.isContainer()) {
                throw refused(field, "it may hold plain values only there");
            }
        }
    }

    FailureException refused(String field, String why) {
        return new Failure.UnsupportedByUpstream(upstream, field, why).asException();
    }
}
