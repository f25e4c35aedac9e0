package pointsman.dialect;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import pointsman.dialect.wire.JsonPieces;

/// What is asked of a model. A conversation can be translated; the others pass as they are, to upstreams
/// that know them.
public enum Operation {
    /// The next message of a conversation, in any dialect: `chat` is what OpenTelemetry calls it.
    CHAT("chat", ""),
    /// The continuation of a text: OpenAI's legacy `POST /v1/completions`.
    COMPLETION("text_completion", "/completions"),
    /// Vectors of texts: OpenAI's `POST /v1/embeddings`.
    EMBEDDINGS("embeddings", "/embeddings"),
    /// The tokens of a prompt: Anthropic's `POST /v1/messages/count_tokens`, OpenAI's
    /// `POST /v1/responses/input_tokens`.
    TOKEN_COUNT("count_tokens", "/messages/count_tokens"),
    /// A shorter conversation in the place of a long one: OpenAI's `POST /v1/responses/compact`.
    COMPACTION("compact", "/responses/compact");

    private final String label;
    private final String path;

    Operation(String label, String path) {
        this.label = label;
        this.path = path;
    }

    /// Its name in meters: OpenTelemetry's where it has one.
    public String label() {
        return label;
    }

    /// Whether an upstream that speaks like this can be asked for it. The tokens of a prompt are counted as
    /// they are written; llama.cpp's server counts those of Anthropic's messages, too.
    ///
    /// @param dialect that the request is written in
    boolean isKnownTo(UpstreamDialect spoken, Dialect dialect) {
        return switch (this) {
            case CHAT, COMPACTION -> true;
            case COMPLETION, EMBEDDINGS -> spoken.format() == Dialect.OPENAI_CHAT;
            case TOKEN_COUNT ->
                spoken.format() == dialect
                        || (spoken == UpstreamDialect.LLAMA_CPP && dialect == Dialect.ANTHROPIC_MESSAGES);
        };
    }

    /// Whether its answer is text, which can be streamed.
    boolean canStream() {
        return this == CHAT || this == COMPLETION;
    }

    /// The field that holds what the model is to read.
    String conversation(Dialect dialect) {
        return switch (this) {
            case CHAT, TOKEN_COUNT, COMPACTION -> dialect.conversation();
            case COMPLETION -> "prompt";
            case EMBEDDINGS -> "input";
        };
    }

    /// What a model reads of a request first to last, as it is written: requests that begin alike here
    /// begin alike as prompts.
    ///
    /// @param dialect that the request is written in
    /// @param body a JSON object
    public String prompt(Dialect dialect, String body) {
        return Stream.of("model", "tools", "instructions", conversation(dialect))
                .map(field -> JsonPieces.member(body, 0, field)
                        .map(piece -> piece.value(body))
                        .orElse(""))
                .collect(Collectors.joining("\n"));
    }

    /// Where an upstream takes it, below its base address.
    String path(UpstreamDialect spoken) {
        return switch (this) {
            case CHAT -> spoken.path();
            case COMPACTION -> spoken.format() == Dialect.OPENAI_RESPONSES ? path : spoken.path();
            case TOKEN_COUNT -> spoken.format() == Dialect.OPENAI_RESPONSES ? "/responses/input_tokens" : path;
            case COMPLETION, EMBEDDINGS -> path;
        };
    }
}
