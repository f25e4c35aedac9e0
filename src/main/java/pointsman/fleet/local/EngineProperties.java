package pointsman.fleet.local;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `pointsman.local`, too: how the engine runs each model.
///
/// @param models by their name, as in [LocalProperties]
@ConfigurationProperties("pointsman.local")
record EngineProperties(@DefaultValue Map<String, Engine> models) {
    private static final Engine STANDARD = new Engine(4096, 4, 0, false);

    /// How one model is run.
    ///
    /// @param contextTokens prompt and answer of one request may have together
    /// @param slots requests answered at the same time; each has its own `contextTokens`
    /// @param threads that compute; 0: as many as there are processors
    /// @param embeddings whether it makes embeddings, for `upstreams.embeddings`, and answers no chats
    public record Engine(
            @DefaultValue("4096") int contextTokens,
            @DefaultValue("4") int slots,
            @DefaultValue("0") int threads,
            @DefaultValue("false") boolean embeddings) {
        /// As many as there are processors, if nobody chose.
        int usedThreads() {
            return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        }
    }

    /// How a model is run; the binder knows nothing of one of which nobody says anything.
    public Engine of(String model) {
        return models.getOrDefault(model, STANDARD);
    }

    public EngineProperties {
        models = Map.copyOf(models);
        models.forEach((name, engine) -> check(engine, "models." + name));
    }

    private static void check(Engine engine, String name) {
        require(engine.contextTokens() >= 1, name + ".context-tokens: less than 1");
        require(engine.slots() >= 1, name + ".slots: less than 1");
        require(engine.threads() >= 0, name + ".threads: less than 0");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
