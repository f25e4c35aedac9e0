package pointsman.fleet.catalogue;

import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A program that serves models on people's own machines, and what it is known by, whatever port it is on.
///
/// All of them list their models at `/v1/models`, as OpenAI does, and most sign that list. A page of their
/// own tells those that do not, or that list nothing without a key (read 2026-11).
enum LocalProgram {
    /// Before Ollama, whose pages it imitates.
    LLAMA_SERVER("llama-server", "llamacpp", "/props", "default_generation_settings"),
    VLLM("vLLM", "vllm", "/version", "version"),
    LM_STUDIO("LM Studio", "organization_owner", "/api/v0/models", "data"),
    OLLAMA("Ollama", "library", "/api/version", "version");

    private final String title;
    private final String owner;
    private final String page;
    private final String field;

    LocalProgram(String title, String owner, String page, String field) {
        this.title = title;
        this.owner = owner;
        this.page = page;
        this.field = field;
    }

    /// The one that signs this list of models.
    static Optional<LocalProgram> ofList(JsonNode models) {
        var owner = models.path("data").path(0).path("owned_by").asString("");
        return Arrays.stream(values())
                .filter(program -> program.owner.equals(owner))
                .findFirst();
    }

    /// Its name for people.
    String title() {
        return title;
    }

    /// A page that only it has.
    String page() {
        return page;
    }

    boolean hasSigned(JsonNode answer) {
        return answer.has(field);
    }

    /// What a configuration says besides address and model.
    String settings() {
        return this == LLAMA_SERVER ? " SMALL_DIALECT=llama-cpp" : "";
    }
}
