package pointsman.dialect.responses;

import java.util.Optional;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;

/// What accounting must know of one of OpenAI's responses.
///
/// @param characters of text in it: words, thoughts, arguments of calls
/// @param usage that it states, if it states some that can be meant
public record ResponseFacts(int characters, Optional<TokenUsage> usage) {
    /// Reads a body.
    ///
    /// @param upstream that sent it
    /// @throws FailureException a [Failure.UpstreamInvalidAnswer] if it is no response, or one that failed
    public static ResponseFacts read(String upstream, byte[] body) {
        var response = Json.object(body).orElseThrow(() -> invalid(upstream, Json.fault(body)));
        requireAnswer(upstream, response);
        var usage = new UsageReader();
        usage.read(response.path("usage"));
        return new ResponseFacts(charactersIn(response.path("output")), usage.total());
    }

    /// A response that failed comes with a 200, too.
    static void requireAnswer(String upstream, JsonNode response) {
        if (response.path("status").asString("").matches("failed|cancelled") || response.hasNonNull("error")) {
            throw invalid(upstream, "it reports an error");
        }
        if (!response.path("output").isArray()) {
            throw invalid(upstream, "it has no output");
        }
    }

    private static int charactersIn(JsonNode output) {
        var sum = 0;
        for (var item : output) {
            sum += length(item, "arguments") + length(item, "input");
            for (var part : item.path("content")) {
                sum += length(part, "text") + length(part, "refusal");
            }
            for (var part : item.path("summary")) {
                sum += length(part, "text");
            }
        }
        return sum;
    }

    private static int length(JsonNode node, String field) {
        return node.path(field).asString("").length();
    }

    private static FailureException invalid(String upstream, String what) {
        return new Failure.UpstreamInvalidAnswer(upstream, what).asException();
    }
}
