package pointsman.dialect.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import pointsman.dialect.wire.JsonScan;
import tools.jackson.databind.JsonNode;

/// A number of tokens, where one of the dialects states it in its `usage`.
enum UsageField {
    PROMPT("", "prompt_tokens"),
    INPUT("", "input_tokens"),
    COMPLETION("", "completion_tokens"),
    OUTPUT("", "output_tokens"),
    CACHE_READ("", "cache_read_input_tokens"),
    CACHE_CREATION("", "cache_creation_input_tokens"),
    CACHED("prompt_tokens_details", "cached_tokens"),
    CACHE_WRITE("prompt_tokens_details", "cache_write_tokens"),
    INPUT_CACHED("input_tokens_details", "cached_tokens"),
    INPUT_CACHE_WRITE("input_tokens_details", "cache_write_tokens"),
    HOUR_WRITTEN("cache_creation", "ephemeral_1h_input_tokens"),
    REASONING("completion_tokens_details", "reasoning_tokens"),
    OUTPUT_REASONING("output_tokens_details", "reasoning_tokens"),
    THINKING("output_tokens_details", "thinking_tokens");

    private static final List<UsageField> OUTER =
            Arrays.stream(values()).filter(field -> field.object.isEmpty()).toList();
    private static final List<UsageField> INNER =
            Arrays.stream(values()).filter(field -> !field.object.isEmpty()).toList();

    private final String object;
    private final String name;

    /// @param object that holds it, empty for `usage` itself
    UsageField(String object, String name) {
        this.object = object;
        this.name = name;
    }

    JsonNode of(JsonNode usage) {
        return (object.isEmpty() ? usage : usage.path(object)).path(name);
    }

    /// Reads the `usage` object that must be here.
    ///
    /// @param numbers takes those that it states
    static void scan(JsonScan json, Map<UsageField, Long> numbers) {
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            if (json.is('{')) {
                scanObject(json, numbers);
            } else {
                scanNumber(json, "", OUTER, numbers);
            }
        }
    }

    private static void scanObject(JsonScan json, Map<UsageField, Long> numbers) {
        var object = object(json);
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            scanNumber(json, object, INNER, numbers);
        }
    }

    private static String object(JsonScan json) {
        for (var field : INNER) {
            if (json.says(field.object)) {
                return field.object;
            }
        }
        return "";
    }

    private static void scanNumber(
            JsonScan json, String object, List<UsageField> fields, Map<UsageField, Long> numbers) {
        for (var field : fields) {
            if (json.says(field.name) && field.object.equals(object)) {
                numbers.put(field, json.number());
                return;
            }
        }
        json.skip();
    }
}
