package pointsman.dialect.messages;

import java.util.Optional;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What accounting must know of a buffered message of Anthropic's.
///
/// @param characters of text in it: words, thoughts, the input of calls
/// @param usage that it states, if it states some that can be meant
public record MessageFacts(int characters, Optional<TokenUsage> usage) {
    /// Reads a body.
    ///
    /// @param upstream that sent it
    /// @throws FailureException a [Failure.UpstreamInvalidAnswer] if it is no message
    public static MessageFacts read(String upstream, byte[] body) {
        var usage = new UsageReader();
        var scan = new MessageScan(usage);
        return scan.isMessage(body) && scan.characters() > 0
                ? new MessageFacts(scan.characters(), usage.total())
                : parsed(upstream, body);
    }

    static MessageFacts parsed(String upstream, byte[] body) {
        var message = Json.object(body).orElseThrow(() -> invalid(upstream, Json.fault(body)));
        if (!message.path("content").isArray()) {
            throw invalid(upstream, "it has no content");
        }
        if (message.path("content").isEmpty() && !message.hasNonNull("stop_reason")) {
            throw invalid(upstream, "it has no content, and no reason why");
        }
        var usage = new UsageReader();
        usage.read(message.path("usage"));
        return new MessageFacts(charactersIn(message), usage.total());
    }

    private static int charactersIn(ObjectNode message) {
        var sum = 0;
        for (var block : message.path("content")) {
            sum += charactersOf(block)
                    + (block.has("input") ? Json.text(block.path("input")).length() : 0);
        }
        return sum;
    }

    /// Characters of text in a block, or in a piece of one.
    static int charactersOf(JsonNode delta) {
        return length(delta, "text") + length(delta, "thinking") + length(delta, "partial_json");
    }

    private static int length(JsonNode node, String field) {
        return node.path(field).asString("").length();
    }

    private static FailureException invalid(String upstream, String what) {
        return new Failure.UpstreamInvalidAnswer(upstream, what).asException();
    }
}
