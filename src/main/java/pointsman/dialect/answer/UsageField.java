package pointsman.dialect.answer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
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
    HOUR_WRITTEN("cache_creation", "ephemeral_1h_input_tokens"),
    REASONING("completion_tokens_details", "reasoning_tokens"),
    THINKING("output_tokens_details", "thinking_tokens");

    private static final UsageField[] OUTER =
            Arrays.stream(values()).filter(field -> field.object.isEmpty()).toArray(UsageField[]::new);
    private static final UsageField[] INNER =
            Arrays.stream(values()).filter(field -> !field.object.isEmpty()).toArray(UsageField[]::new);

    private final String object;
    private final String name;
    private final byte[] objectWord;
    private final byte[] word;

    /// @param object that holds it, empty for `usage` itself
    UsageField(String object, String name) {
        this.object = object;
        this.name = name;
        this.objectWord = object.getBytes(US_ASCII);
        this.word = name.getBytes(US_ASCII);
    }

    JsonNode of(JsonNode usage) {
        return (object.isEmpty() ? usage : usage.path(object)).path(name);
    }

    /// Reads the `usage` object that must be here.
    ///
    /// @param numbers takes the numbers that it states, by the fields' order
    static void scan(JsonScan json, long[] numbers) {
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            if (json.is('{')) {
                scanObject(json, numbers);
            } else {
                scanNumber(json, "", OUTER, numbers);
            }
        }
    }

    private static void scanObject(JsonScan json, long[] numbers) {
        var object = object(json);
        for (var some = json.beginObject() && json.nextMember(); some; some = json.nextMember()) {
            scanNumber(json, object, INNER, numbers);
        }
    }

    private static String object(JsonScan json) {
        for (var field : INNER) {
            if (json.says(field.objectWord)) {
                return field.object;
            }
        }
        return "";
    }

    private static void scanNumber(JsonScan json, String object, UsageField[] fields, long[] numbers) {
        for (var field : fields) {
            if (json.says(field.word) && field.object.equals(object)) {
                numbers[field.ordinal()] = json.number();
                return;
            }
        }
        json.skip();
    }
}
