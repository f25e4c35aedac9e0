package pointsman.fleet.local;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// A local quantized model that this gateway runs: where to reach it, and whether it is there at the moment. Its engine
/// may die and come back; address and key stay the same.
public final class LocalModel {
    private final Engine.Settings settings;
    private final Supervisor supervisor;
    private final Map<String, Object> requestDefaults;

    LocalModel(Engine.Settings settings, Supervisor supervisor, Map<String, Object> requestDefaults) {
        this.settings = settings;
        this.supervisor = supervisor;
        this.requestDefaults = requestDefaults;
    }

    /// Where its OpenAI-compatible API lies: `http://127.0.0.1:PORT/v1`.
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + settings.port() + "/v1");
    }

    /// The bearer token that its engine asks for. Made anew in each run of the gateway.
    public String apiKey() {
        return settings.apiKey();
    }

    /// What is sent to it as `model`.
    public String modelName() {
        return settings.model();
    }

    /// Whether its engine is ready and answers its probes.
    public boolean up() {
        return supervisor.up();
    }

    /// Whether its start has come to an end: it was up once, or its first life ended before that. It is started again
    /// and again all the same.
    public boolean isSettled() {
        return supervisor.isSettled();
    }

    /// Whether its chat template has a place for tools. Where it has none the model would never see them. Taken for so
    /// until its engine has said.
    public boolean takesTools() {
        return supervisor.takesTools();
    }

    /// Why it is not up: starting, ended, hung, with the engine's last words; empty while it is up.
    Optional<String> problem() {
        return supervisor.problem();
    }

    /// How many requests it answers at the same time; more of them wait inside the engine.
    public int slots() {
        return settings.slots();
    }

    /// How many tokens prompt and answer of one request may have together.
    public int contextTokens() {
        return settings.contextTokens();
    }

    /// Fields of a request's body that apply where the client left them out, such as `stop` and `temperature`.
    public Map<String, Object> requestDefaults() {
        return requestDefaults;
    }

    /// The process that runs it at the moment, or has run it last.
    long pid() {
        return supervisor.pid();
    }

    Supervisor supervisor() {
        return supervisor;
    }
}
