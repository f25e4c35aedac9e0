package pointsman.dialect.habit;

/// How a request is written.
public enum RequestFormat {
    /// OpenAI's chat completions.
    CHAT,
    /// Anthropic's messages.
    MESSAGES
}
