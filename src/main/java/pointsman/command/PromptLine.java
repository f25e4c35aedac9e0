package pointsman.command;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/// One line of the input of `score`.
///
/// @param id the caller's name of the prompt as JSON: a number stands as it was written, digit by digit
record PromptLine(String id, String text) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// Reads one line.
    ///
    /// @param number the line's, counted from 1
    /// @throws MalformedLineException if it is no JSON object with an `id` and a `text`; other fields are ignored
    static PromptLine parse(long number, String line) throws MalformedLineException {
        try (var parser = JSON.createParser(line)) {
            return parse(number, parser);
        } catch (JacksonException broken) {
            throw new MalformedLineException(number, "not valid JSON: " + broken.getOriginalMessage());
        }
    }

    private static PromptLine parse(long number, JsonParser parser) throws MalformedLineException {
        require(parser.nextToken() == JsonToken.START_OBJECT, number, "not a JSON object");
        var id = "";
        var text = "";
        var seenText = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            var value = parser.nextToken();
            switch (name) {
                case "id" -> id = id(number, value, parser);
                case "text" -> {
                    require(value == JsonToken.VALUE_STRING, number, "\"text\" is not a string");
                    text = parser.getString();
                    seenText = true;
                }
                default -> parser.skipChildren();
            }
        }
        require(parser.nextToken() == null, number, "something follows the JSON object");
        require(!id.isEmpty(), number, "\"id\" is missing");
        require(seenText, number, "\"text\" is missing");
        return new PromptLine(id, text);
    }

    private static String id(long number, JsonToken value, JsonParser parser) throws MalformedLineException {
        require(
                value == JsonToken.VALUE_STRING || value.isNumeric(),
                number,
                "\"id\" is neither a string nor a number");
        return value.isNumeric() ? parser.getString() : JSON.writeValueAsString(parser.getString());
    }

    private static void require(boolean condition, long number, String problem) throws MalformedLineException {
        if (!condition) {
            throw new MalformedLineException(number, problem);
        }
    }
}
