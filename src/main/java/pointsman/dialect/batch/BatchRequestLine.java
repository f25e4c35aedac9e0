package pointsman.dialect.batch;

import pointsman.dialect.wire.JsonPieces;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A line of the input file of a batch of OpenAI's.
///
/// @param customId the client's name for the request; empty if it has none
/// @param method empty if it states none
/// @param url empty if it states none
/// @param body as it is written; empty if it is no object
public record BatchRequestLine(String customId, String method, String url, String body) {
    /// A value takes some hundred bytes of memory, whatever it is.
    private static final int MOST_TOKENS = 200_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    /// Reads a line.
    ///
    /// @throws JacksonException if it is no JSON
    public static BatchRequestLine read(String line) {
        var object = JSON.readTree(line);
        return new BatchRequestLine(
                text(object, "custom_id"), text(object, "method"), text(object, "url"), body(object, line));
    }

    private static String text(JsonNode line, String field) {
        return line.path(field).asString("");
    }

    private static String body(JsonNode object, String line) {
        return object.path("body").isObject()
                ? JsonPieces.member(line, 0, "body").orElseThrow().value(line)
                : "";
    }
}
