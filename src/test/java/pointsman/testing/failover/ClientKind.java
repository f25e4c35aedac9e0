package pointsman.testing.failover;

/// The dialects that clients speak.
public enum ClientKind {
    CHAT("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":%s}]"),
    MESSAGES("/v1/messages", "\"max_tokens\":1000,\"messages\":[{\"role\":\"user\",\"content\":%s}]"),
    RESPONSES("/v1/responses", "\"store\":false,\"input\":%s");

    private static final String PROMPT = "\"Say all the words that you know, in their order.\"";

    private final String path;
    private final String prompt;

    ClientKind(String path, String prompt) {
        this.path = path;
        this.prompt = prompt;
    }

    String path() {
        return path;
    }

    /// A request for all the words; a chat's stream is asked for its usage, too.
    String body(boolean stream) {
        var usage = stream && this == CHAT ? ",\"stream_options\":{\"include_usage\":true}" : "";
        return "{\"model\":\"auto\"," + prompt.formatted(PROMPT) + (stream ? ",\"stream\":true" : "") + usage + "}";
    }

    /// What a client of this kind makes of an answer.
    Reading reading() {
        return switch (this) {
            case CHAT -> new ChatReading();
            case MESSAGES -> new MessagesReading();
            case RESPONSES -> new ResponsesReading();
        };
    }
}
