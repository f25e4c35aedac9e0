package pointsman.dialect;

import pointsman.failure.ErrorShape;

/// The wire format that a client speaks. Its route names it.
public enum Dialect {
    /// OpenAI's `POST /v1/chat/completions`.
    OPENAI_CHAT("OpenAI's chat completions", "messages", ErrorShape.OPENAI),
    /// OpenAI's `POST /v1/responses`.
    OPENAI_RESPONSES("OpenAI's responses", "input", ErrorShape.OPENAI_RESPONSES),
    /// Anthropic's `POST /v1/messages`.
    ANTHROPIC_MESSAGES("Anthropic's messages", "messages", ErrorShape.ANTHROPIC);

    private final String title;
    private final String conversation;
    private final ErrorShape errors;

    Dialect(String title, String conversation, ErrorShape errors) {
        this.title = title;
        this.conversation = conversation;
        this.errors = errors;
    }

    /// Its name in sentences for people.
    public String title() {
        return title;
    }

    /// How it tells errors.
    public ErrorShape errors() {
        return errors;
    }

    /// The field that holds the conversation.
    String conversation() {
        return conversation;
    }
}
