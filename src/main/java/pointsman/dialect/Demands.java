package pointsman.dialect;

import java.util.Map;
import java.util.Optional;

/// Which fields of a dialect change what is asked, though no other dialect has words for them: one table for each.
/// An upstream that speaks another one is not asked at all then, so that a rung that can may take the request. Every
/// other field that a translation does not know only advises, or came with a release of a client that nobody here has
/// seen yet: it is left out, and named to the client.
///
/// A field is written as it is named to clients, without the numbers of list entries.
final class Demands {
    private static final Map<String, String> CHAT = Map.of(
            "n", "it gives one answer",
            "logprobs", "it does not tell the likelihood of tokens",
            "top_logprobs", "it does not tell the likelihood of tokens",
            "logit_bias", "its tokens are others",
            "modalities", "it answers with text",
            "audio", "it answers with text",
            "functions", "functions are offered as 'tools' there",
            "function_call", "functions are offered as 'tools' there",
            "messages.function_call", "calls stand in 'tool_calls' there");

    private static final String NOT_KEPT = "responses are not kept here; send the whole conversation in 'input'";

    private static final Map<String, String> RESPONSES = Map.of(
            "previous_response_id", NOT_KEPT,
            "conversation", NOT_KEPT,
            "prompt", NOT_KEPT,
            "background", "responses are not kept here, so none can be fetched later",
            "top_logprobs", "the likelihood of tokens is not told here");

    private static final Map<String, String> MESSAGES = Map.of(
            "container", "containers are Anthropic's own",
            "mcp_servers", "only Anthropic calls MCP servers by itself");

    private Demands() {}

    /// Why a request with this field cannot be put to an upstream of another dialect.
    ///
    /// @return empty for a field that can be left out
    static Optional<String> why(Dialect dialect, String field) {
        var demands = switch (dialect) {
            case OPENAI_CHAT -> CHAT;
            case OPENAI_RESPONSES -> RESPONSES;
            case ANTHROPIC_MESSAGES -> MESSAGES;
        };
        return Optional.ofNullable(demands.get(field));
    }
}
