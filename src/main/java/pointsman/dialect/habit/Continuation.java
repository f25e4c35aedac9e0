package pointsman.dialect.habit;

import java.util.List;
import java.util.Optional;
import pointsman.dialect.conversation.TokenLimits;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the request for the rest of an answer: the one that was answered, with the words so far as the
/// beginning of the assistant's turn.
///
/// Where a request asks for more than words, the rest is not asked for so. A tool that must be called is
/// called at the beginning; a schema is, for most servers, one for what is still to come; and a model that
/// thinks has no place for thoughts after its first word (Anthropic and llama.cpp answer 400).
final class Continuation {
    private static final List<String> THOUGHTS = List.of("thinking", "reasoning", "reasoning_effort");

    private final Continuing continuing;
    private final ObjectNode request;

    private Continuation(Continuing continuing, ObjectNode request) {
        this.continuing = continuing;
        this.request = request;
    }

    static Optional<byte[]> of(Continuing continuing, byte[] body, String said, int saidTokens) {
        var words = continuing == Continuing.TRAILING_TRIMMED ? said.stripTrailing() : said;
        if (continuing == Continuing.NO || words.isBlank()) {
            return Optional.empty();
        }
        return Json.object(body)
                .map(request -> new Continuation(continuing, request))
                .filter(Continuation::asksForWords)
                .filter(continuation -> continuation.begin(words))
                .map(continuation -> continuation.limited(saidTokens));
    }

    private boolean asksForWords() {
        return request.path("n").asInt(1) == 1
                && !mustCall(request.path("tool_choice"))
                && (continuing != Continuing.PREFIX || request.path("tools").isEmpty())
                && saysNothing(request.path("response_format"), "text")
                && request.path("output_config").path("format").isMissingNode()
                && THOUGHTS.stream().allMatch(field -> saysNothing(request.path(field), "none", "disabled"))
                && !request.path("chat_template_kwargs").path("enable_thinking").asBoolean(false);
    }

    private static boolean mustCall(JsonNode choice) {
        var kind = choice.isObject() ? choice.path("type") : choice;
        return !saysNothing(kind, "auto", "none");
    }

    /// Whether a field is not set, or says one of these words, itself or as its `type` or `effort`.
    private static boolean saysNothing(JsonNode value, String... words) {
        if (value.isMissingNode() || value.isNull()) {
            return true;
        }
        var said = value.isObject()
                ? value.path("type").asString(value.path("effort").asString(""))
                : value.asString("");
        return List.of(words).contains(said);
    }

    /// Puts the words where the answer begins.
    ///
    /// @return whether there is such a place
    private boolean begin(String words) {
        if (!(request.path("messages") instanceof ArrayNode messages) || messages.isEmpty()) {
            return false;
        }
        var last = messages.get(messages.size() - 1);
        if (!MessageFitting.role(last).equals("assistant")) {
            mark(messages.addObject().put("role", "assistant").put("content", words));
            return true;
        }
        // The client has begun the answer already.
        if (last instanceof ObjectNode begun && begun.path("content").isString()) {
            mark(begun.put("content", begun.path("content").stringValue() + words));
            return true;
        }
        return false;
    }

    private void mark(ObjectNode message) {
        switch (continuing) {
            case NO, TRAILING, TRAILING_TRIMMED -> {}
            case PREFIX -> message.put("prefix", true);
            case CONTINUE_FINAL_MESSAGE ->
                request.put("add_generation_prompt", false).put("continue_final_message", true);
        }
    }

    private byte[] limited(int saidTokens) {
        TokenLimits.lessen(request, saidTokens);
        return Json.MAPPER.writeValueAsBytes(request);
    }
}
