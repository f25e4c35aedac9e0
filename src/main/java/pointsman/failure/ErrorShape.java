package pointsman.failure;

/// The shapes in which the dialects of clients tell an error.
public enum ErrorShape {
    /// OpenAI's chat completions, completions, embeddings, models: `{"error": {...}}`, also in a stream.
    OPENAI,
    /// OpenAI's responses: the same body, but an event of the type `error` in a stream.
    OPENAI_RESPONSES,
    /// Anthropic's: `{"type": "error", "error": {...}, "request_id"}`, in a stream as an `error` event.
    ANTHROPIC;

    /// Whether a body of the other shape can be given to a client of this one as it is.
    boolean hasBodyOf(ErrorShape other) {
        return (this == ANTHROPIC) == (other == ANTHROPIC);
    }
}
