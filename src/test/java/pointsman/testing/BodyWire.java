package pointsman.testing;

import java.util.List;

/// A route that answers with one body and never streams.
///
/// @param kin the wire format whose errors it shares
/// @param body its good answer
record BodyWire(Wire kin, String body) implements Wire {
    /// Anthropic's count of a prompt's tokens.
    static Wire tokenCount() {
        return new BodyWire(new MessagesWire(), "{ \"input_tokens\": " + Completions.PROMPT_TOKENS + " }");
    }

    /// OpenAI's count of a prompt's tokens.
    static Wire inputTokens() {
        return new BodyWire(
                new ResponsesWire(),
                "{\"object\":\"response.input_tokens\", \"input_tokens\": " + Completions.PROMPT_TOKENS + " }");
    }

    /// A conversation that OpenAI has made shorter.
    static Wire compacted() {
        return new BodyWire(
                new ResponsesWire(),
                "{\"id\":\"resp_fake\",\"object\":\"response.compaction\", \"created_at\":1700000000,\"output\":["
                        + "{\"id\":\"cmp_fake\",\"type\":\"compaction\",\"encrypted_content\":\"gAAAAfake==\"}],\"usage\":"
                        + ResponsesWire.USAGE + "}");
    }

    /// OpenAI's embeddings: one for each input.
    static Wire embeddings(Call call) {
        var input = call.json().path("input");
        var vectors = new StringBuilder();
        for (var index = 0; index < (input.isArray() ? input.size() : 1); index++) {
            vectors.append(index == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(index)
                    .append(",\"embedding\":[0.1, -2.50e-1,0.3]}");
        }
        return new BodyWire(
                new ChatWire(),
                "{\"object\":\"list\", \"data\":[" + vectors + "],\"model\":"
                        + Completions.quoted(call.json().path("model").asString("?"))
                        + ",\"usage\":{\"prompt_tokens\":" + Completions.PROMPT_TOKENS + ",\"total_tokens\":"
                        + Completions.PROMPT_TOKENS + "}}");
    }

    @Override
    public String buffered(String model, Said said) {
        return body;
    }

    @Override
    public List<String> begun(String model, Said said) {
        throw new UnsupportedOperationException("no streams here");
    }

    @Override
    public List<String> finish(String model, Said said, boolean usage) {
        throw new UnsupportedOperationException("no streams here");
    }

    @Override
    public String done() {
        throw new UnsupportedOperationException("no streams here");
    }

    @Override
    public String piece(String model, int size) {
        throw new UnsupportedOperationException("no streams here");
    }

    @Override
    public String error(String message) {
        return kin.error(message);
    }

    @Override
    public String errorEvent(String message) {
        return kin.errorEvent(message);
    }
}
