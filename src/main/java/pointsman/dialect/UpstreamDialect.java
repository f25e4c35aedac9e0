package pointsman.dialect;

import java.util.Map;

/// The wire format that an upstream speaks.
public enum UpstreamDialect {
    /// OpenAI's chat completions, as OpenAI itself and most servers speak them.
    OPENAI_CHAT(Dialect.OPENAI_CHAT, "/chat/completions"),
    /// The chat completions of llama.cpp's server: the same format, with less of it understood.
    LLAMA_CPP(Dialect.OPENAI_CHAT, "/chat/completions"),
    /// OpenAI's responses.
    OPENAI_RESPONSES(Dialect.OPENAI_RESPONSES, "/responses"),
    /// Anthropic's messages.
    ANTHROPIC_MESSAGES(Dialect.ANTHROPIC_MESSAGES, "/messages");

    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private final Dialect format;
    private final String path;

    UpstreamDialect(Dialect format, String path) {
        this.format = format;
        this.path = path;
    }

    /// The format. A client of the same one is passed through; every other one is translated.
    public Dialect format() {
        return format;
    }

    /// Where requests go, below the upstream's base address, which ends with `/v1`.
    public String path() {
        return path;
    }

    /// The field of a request that holds the turns of its conversation.
    public String turns() {
        return format == Dialect.OPENAI_RESPONSES ? "input" : "messages";
    }

    /// The headers by which a caller of this format makes itself known.
    ///
    /// @param key what the upstream wants to see; empty if it wants none
    public Map<String, String> headers(String key) {
        return switch (format) {
            case ANTHROPIC_MESSAGES ->
                key.isEmpty()
                        ? Map.of("anthropic-version", ANTHROPIC_VERSION)
                        : Map.of("anthropic-version", ANTHROPIC_VERSION, "x-api-key", key);
            case OPENAI_CHAT, OPENAI_RESPONSES -> key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
        };
    }
}
