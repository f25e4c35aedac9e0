package pointsman.dialect.habit;

/// How a request is written.
public enum RequestFormat {
    /// OpenAI's chat completions.
    CHAT,
    /// OpenAI's responses.
    RESPONSES,
    /// Anthropic's messages.
    MESSAGES
}
