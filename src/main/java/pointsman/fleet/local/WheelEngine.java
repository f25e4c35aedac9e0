package pointsman.fleet.local;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// llama.cpp's server out of the fetched `xllamacpp` wheel, inside a Python process of a few lines
/// (`local/engine.py`).
record WheelEngine(String python, Path directory) implements Engine {
    private static final String SCRIPT = "engine.py";

    @Override
    public Launch launch(Settings settings) throws IOException {
        var script = Resources.place(Resources.text("local/" + SCRIPT), directory.resolve(SCRIPT));
        var line = JsonMapper.shared()
                .writeValueAsString(Map.ofEntries(
                        entry("model", settings.weights().toString()),
                        entry("alias", settings.model()),
                        entry("port", settings.port()),
                        entry("api_key", settings.apiKey()),
                        entry("chat_template", settings.chatTemplate()),
                        entry("context_tokens", settings.contextTokens()),
                        entry("slots", settings.slots()),
                        entry("threads", settings.threads()),
                        entry("embeddings", settings.embeddings()),
                        entry("cache_reuse_tokens", CACHE_REUSE_TOKENS),
                        entry("cache_mebibytes", CACHE_MEBIBYTES)));
        var environment = new HashMap<>(SLEEPING_THREADS);
        environment.put("PYTHONPATH", directory.toString());
        return new Launch(List.of(python, script.toString()), environment, line);
    }
}
