package pointsman.dialect;

import java.nio.charset.StandardCharsets;
import pointsman.dialect.wire.Json;
import pointsman.tokens.TokenCounter;
import tools.jackson.core.JsonToken;

/// Counts the tokens of a prompt where no upstream can be asked: those of all its texts by OpenAI's
/// `o200k`, which most of its models read by, and what usually frames a message. Images count for nothing
/// here.
public final class TokenEstimate {
    private static final int FRAME_OF_A_MESSAGE = 4;

    private TokenEstimate() {}

    /// Anthropic's answer to `count_tokens`, or OpenAI's to `input_tokens`.
    ///
    /// @param request that asks for it
    public static byte[] answer(ModelRequest request) {
        var answer = request.dialect() == Dialect.OPENAI_RESPONSES
                ? "{\"object\":\"response.input_tokens\",\"input_tokens\":%d}"
                : "{\"input_tokens\":%d}";
        return answer.formatted(of(request)).getBytes(StandardCharsets.UTF_8);
    }

    private static int of(ModelRequest request) {
        var tokens = 0;
        try (var parser = Json.MAPPER.createParser(request.body())) {
            var field = "";
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.PROPERTY_NAME) {
                    field = parser.currentName();
                } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
                    tokens += tokens(field, parser.getString());
                }
            }
        }
        return tokens;
    }

    private static int tokens(String field, String text) {
        return switch (field) {
            case "role" -> FRAME_OF_A_MESSAGE;
            case "model", "type", "media_type", "data", "cache_control", "encrypted_content" -> 0;
            default -> Vocabulary.O200K.count(text);
        };
    }

    /// Read when it is first needed.
    private static final class Vocabulary {
        static final TokenCounter O200K = TokenCounter.o200k();
    }
}
