package pointsman.job;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import pointsman.cache.ProviderCache;
import pointsman.cache.ProviderCache.Hint;
import pointsman.dialect.Dialect;
import pointsman.dialect.Operation;

/// What the questions of a job ask, as the routes of OpenAI's API do. A table job asks for chat
/// completions.
public enum Endpoint {
    CHAT("/v1/chat/completions", Dialect.OPENAI_CHAT, Operation.CHAT),
    RESPONSES("/v1/responses", Dialect.OPENAI_RESPONSES, Operation.CHAT),
    COMPLETIONS("/v1/completions", Dialect.OPENAI_CHAT, Operation.COMPLETION),
    EMBEDDINGS("/v1/embeddings", Dialect.OPENAI_CHAT, Operation.EMBEDDINGS);

    private final String path;
    private final Dialect dialect;
    private final Operation operation;

    Endpoint(String path, Dialect dialect, Operation operation) {
        this.path = path;
        this.dialect = dialect;
        this.operation = operation;
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
