package pointsman.dialect.wire;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// JSON of bodies that are bounded in bytes already: their strings may fill them, and numbers keep every digit.
public final class Json {
    private static final int DEEPEST = 1_000;

    /// Reads and writes trees, one value a document.
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Json() {}

    /// The object that this text is, if it is one.
    public static Optional<ObjectNode> object(String text) {
        try {
            return MAPPER.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// The object that these bytes are, if they are one.
    public static Optional<ObjectNode> object(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// What is wrong with a body that is no JSON document.
    public static String fault(byte[] body) {
        return body.length == 0 ? "it is empty" : "%d bytes that are not whole JSON".formatted(body.length);
    }

    /// A new object without fields.
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// A value as text.
    public static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }
}
