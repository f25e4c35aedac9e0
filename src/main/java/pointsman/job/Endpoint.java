package pointsman.job;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pointsman.cache.ProviderCache;
import pointsman.cache.ProviderCache.Hint;
import pointsman.dialect.Dialect;
import pointsman.dialect.Operation;
import pointsman.dialect.wire.JsonPieces;

/// What the questions of a job ask, as the routes of OpenAI's API do. A table job asks for chat
/// completions.
public enum Endpoint {
    CHAT("/v1/chat/completions", Dialect.OPENAI_CHAT, Operation.CHAT, "messages"),
    RESPONSES("/v1/responses", Dialect.OPENAI_RESPONSES, Operation.CHAT, "input"),
    COMPLETIONS("/v1/completions", Dialect.OPENAI_CHAT, Operation.COMPLETION, "prompt"),
    EMBEDDINGS("/v1/embeddings", Dialect.OPENAI_CHAT, Operation.EMBEDDINGS, "input");

    private final String path;
    private final Dialect dialect;
    private final Operation operation;
    private final String conversation;

    Endpoint(String path, Dialect dialect, Operation operation, String conversation) {
        this.path = path;
        this.dialect = dialect;
        this.operation = operation;
        this.conversation = conversation;
    }

    /// The one that a path names.
    public static Optional<Endpoint> of(String path) {
        return Arrays.stream(values())
                .filter(endpoint -> endpoint.path.equals(path))
                .findFirst();
    }

    public static List<String> paths() {
        return Arrays.stream(values()).map(endpoint -> endpoint.path).toList();
    }

    public String path() {
        return path;
    }

    public Dialect dialect() {
        return dialect;
    }

    public Operation operation() {
        return operation;
    }

    /// What a model reads of a request first to last, as it is written: requests that begin alike here
    /// begin alike as prompts.
    public String beginning(String body) {
        return Stream.of("model", "tools", "instructions", conversation)
                .map(field -> JsonPieces.member(body, 0, field)
                        .map(piece -> piece.value(body))
                        .orElse(""))
                .collect(Collectors.joining("\n"));
    }

    /// The rule without a hint that requests of this kind have no field for.
    public ProviderCache hinted(ProviderCache cache) {
        var isKnown = switch (this) {
            case CHAT -> true;
            case RESPONSES -> cache.hint() == Hint.PROMPT_CACHE_KEY;
            case COMPLETIONS -> cache.hint() == Hint.CACHE_SALT || cache.hint() == Hint.ID_SLOT;
            case EMBEDDINGS -> false;
        };
        return isKnown ? cache : cache.withoutHint();
    }
}
