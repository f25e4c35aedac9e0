package pointsman.cache;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.wire.Json;
import pointsman.dialect.wire.Span;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Marks the end of a conversation for Anthropic's prompt cache, so that its next turn reads all that came before
/// from there. What is marked costs a quarter more once and nine tenths less each time after, so only what will be
/// sent again is marked: a conversation in which the model has answered before, and that is long enough to be
/// cached at all.
///
/// The client's own marks stay where they are. Anthropic takes four; where the client has used them up, or has
/// marked the end itself, or lets Anthropic choose (a mark beside the conversation), nothing is added. A field of
/// that name in a tool's input is taken for a mark: then there is one of ours too few, and never one too many.
public final class CacheMarks {
    private static final int MOST = 4;
    /// The shortest prefix that is cached is 1,024 tokens, of about four bytes each.
    private static final int SHORTEST_BYTES = 4 * 1024;

    private static final String FIELD = "cache_control";
    private static final String MARK = "\"" + FIELD + "\":{\"type\":\"ephemeral\"}";

    private final JsonParser parser;
    private int depth;
    private int marks;
    private boolean isChosenByUpstream;
    /// The last message's content if it is a string, else its last part.
    private @Nullable Span last;

    private boolean lastIsText;
    private boolean lastIsMarked;

    private CacheMarks(JsonParser parser) {
        this.parser = parser;
    }

    /// The body with a mark more, if it pays.
    ///
    /// @param body a request in Anthropic's dialect
    /// @param request what the client sent
    public static byte[] addTo(byte[] body, ModelRequest request) {
        if (request.operation() != Operation.CHAT || !request.isContinued() || body.length < SHORTEST_BYTES) {
            return body;
        }
        try (var parser = Json.MAPPER.createParser(body)) {
            var marks = new CacheMarks(parser);
            marks.read();
            return marks.added(body);
        } catch (JacksonException _) {
            return body;
        }
    }

    private void read() {
        while (parser.nextToken() != null) {
            switch (parser.currentToken()) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case PROPERTY_NAME -> readName(parser.currentName());
                default -> {}
            }
        }
    }

    private void readName(String name) {
        if (name.equals(FIELD)) {
            marks++;
            isChosenByUpstream |= depth == 1;
        } else if (name.equals("messages") && depth == 1) {
            readMessages();
        }
    }

    private void readMessages() {
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            last = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                var field = parser.currentName();
                parser.nextToken();
                if (field.equals("content")) {
                    readContent();
                } else {
                    parser.skipChildren();
                }
            }
        }
    }

    private void readContent() {
        lastIsText = parser.currentToken() == JsonToken.VALUE_STRING;
        lastIsMarked = false;
        if (lastIsText) {
            var isEmpty = parser.getString().isBlank();
            last = isEmpty ? null : new Span(offset(true), offset(false));
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                readPart();
            }
        }
    }

    private void readPart() {
        var start = offset(true);
        var marksBefore = marks;
        var canBeMarked = true;
        var within = 1;
        while (within > 0) {
            var token = parser.nextToken();
            within += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.PROPERTY_NAME && parser.currentName().equals(FIELD)) {
                marks++;
            } else if (token == JsonToken.VALUE_STRING
                    && within == 1
                    && parser.currentName().equals("type")) {
                canBeMarked = !parser.getString().contains("thinking");
            }
        }
        lastIsMarked = marks > marksBefore;
        last = canBeMarked ? new Span(start, offset(false)) : null;
    }

    private byte[] added(byte[] body) {
        if (marks >= MOST || isChosenByUpstream || lastIsMarked || last == null) {
            return body;
        }
        var out = new ByteArrayOutputStream(body.length + 2 * MARK.length());
        if (lastIsText) {
            out.write(body, 0, last.start());
            out.writeBytes(utf8("[{\"type\":\"text\",\"text\":"));
            out.write(body, last.start(), last.length());
            out.writeBytes(utf8("," + MARK + "}]"));
        } else {
            out.write(body, 0, last.end() - 1);
            out.writeBytes(utf8("," + MARK + "}"));
        }
        out.write(body, last.end(), body.length - last.end());
        return out.toByteArray();
    }

    private int offset(boolean ofToken) {
        return (int) (ofToken ? parser.currentTokenLocation() : parser.currentLocation()).getByteOffset();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
