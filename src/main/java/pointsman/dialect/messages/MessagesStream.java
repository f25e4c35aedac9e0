package pointsman.dialect.messages;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A stream of Anthropic's messages that passes as it is. It is whole with its `message_stop`, and with nothing
/// else.
public final class MessagesStream extends AnswerStream {
    private final UsageReader usage = new UsageReader();
    private int characters;

    public MessagesStream(String upstream, int maxEventBytes) {
        super(upstream, maxEventBytes);
    }

    @Override
    public Optional<TokenUsage> usage() {
        return usage.total();
    }

    @Override
    public int characters() {
        return characters;
    }

    @Override
    public boolean pass(byte[] event, String data, ByteArrayOutputStream out) {
        var read = Json.object(data)
                .orElseThrow(
                        () -> invalid("an event of %d characters that is no JSON object".formatted(data.length())));
        var type = read.path("type").asString("");
        switch (type) {
            case "message_start" -> usage.read(read.path("message").path("usage"));
            case "message_delta" -> usage.read(read.path("usage"));
            case "content_block_delta" -> characters += charactersOf(read.path("delta"));
            case "error" -> throw broken("it reported an error");
            default -> {}
        }
        out.writeBytes(event);
        return type.equals("message_stop");
    }

    @Override
    public void passComment(byte[] event, ByteArrayOutputStream out) {
        out.writeBytes(event);
    }

    @Override
    public void close(ByteArrayOutputStream out) {
        throw broken("it ended without a message_stop");
    }

    /// Characters of text in a whole message.
    public static int charactersIn(ObjectNode message) {
        var sum = 0;
        for (var block : message.path("content")) {
            sum += charactersOf(block)
                    + (block.has("input") ? Json.text(block.path("input")).length() : 0);
        }
        return sum;
    }

    private static int charactersOf(JsonNode delta) {
        return length(delta, "text") + length(delta, "thinking") + length(delta, "partial_json");
    }

    private static int length(JsonNode node, String field) {
        return node.path(field).asString("").length();
    }
}
