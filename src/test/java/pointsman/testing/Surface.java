package pointsman.testing;

/// The routes that ask a model, and what a client of each sees when something goes wrong.
public enum Surface {
    CHAT("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":%s}]", "[DONE]", "\"error\""),
    RESPONSES("/v1/responses", "\"input\":%s", "event: response.completed", "\"type\":\"error\""),
    MESSAGES(
            "/v1/messages",
            "\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":%s}]",
            "event: message_stop",
            "\"type\":\"error\""),
    COMPLETIONS("/v1/completions", "\"prompt\":%s", "[DONE]", "\"error\""),
    EMBEDDINGS("/v1/embeddings", "\"input\":%s", "", ""),
    TOKEN_COUNT("/v1/messages/count_tokens", "\"messages\":[{\"role\":\"user\",\"content\":%s}]", "", "");

    private final String path;
    private final String prompt;
    private final String successEnding;
    private final String errorMark;

    Surface(String path, String prompt, String successEnding, String errorMark) {
        this.path = path;
        this.prompt = prompt;
        this.successEnding = successEnding;
        this.errorMark = errorMark;
    }

    public String path() {
        return path;
    }

    /// Whether its answers can be streamed.
    public boolean streams() {
        return !successEnding.isEmpty();
    }

    /// Whether its errors are told in Anthropic's shape.
    public boolean isAnthropic() {
        return this == MESSAGES || this == TOKEN_COUNT;
    }

    /// A request's body.
    public String ask(String model, String text, boolean stream) {
        return "{\"model\":" + Completions.quoted(model) + "," + prompt.formatted(Completions.quoted(text))
                + (stream ? ",\"stream\":true}" : "}");
    }

    /// Whether a stream looks finished.
    public boolean endsAsSuccess(Reply reply) {
        return reply.text().contains(successEnding);
    }

    /// Whether an event reports an error.
    public boolean isErrorEvent(String data) {
        return data.contains(errorMark) && data.contains("\"message\"");
    }

    /// The sentence of an error body, if it has this route's shape.
    public String errorMessage(Reply reply) {
        var json = reply.json();
        if (isAnthropic() && !json.path("type").asString("").equals("error")) {
            return "";
        }
        var error = json.path("error");
        return error.path("type").asString("").isEmpty()
                ? ""
                : error.path("message").asString("");
    }
}
