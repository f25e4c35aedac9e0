package pointsman.dialect;

/// The wire format that a client speaks. Its route names it.
public enum Dialect {
    /// OpenAI's `POST /v1/chat/completions`.
    OPENAI_CHAT("OpenAI's chat completions", "messages"),
    /// OpenAI's `POST /v1/responses`.
    OPENAI_RESPONSES("OpenAI's responses", "input"),
    /// Anthropic's `POST /v1/messages`.
    ANTHROPIC_MESSAGES("Anthropic's messages", "messages");

    private final String title;
    private final String conversation;

    Dialect(String title, String conversation) {
        this.title = title;
        this.conversation = conversation;
    }

    /// Its name in sentences for people.
    public String title() {
        return title;
    }

    /// The field that holds the conversation.
    String conversation() {
        return conversation;
    }
}
