package pointsman.fleet.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// A `llama-server` that the user has. It knows nothing of its standard input, so a shell holds its leash
/// (`local/leash.sh`): when the input ends, it is told to go.
record LlamaServer(Path executable, Path templates) implements Engine {

    @Override
    public Launch launch(Settings settings) throws IOException {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", Resources.text("local/leash.sh"), "leash"));
        command.add(executable.toString());
        command.addAll(List.of("--model", settings.weights().toString()));
        command.addAll(List.of("--alias", settings.model()));
        command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(settings.port())));
        command.addAll(List.of("--ctx-size", Integer.toString(settings.contextTokens() * settings.slots())));
        command.addAll(List.of("--parallel", Integer.toString(settings.slots())));
        command.addAll(List.of("--threads", Integer.toString(settings.threads())));
        command.addAll(List.of("--cache-reuse", Integer.toString(CACHE_REUSE_TOKENS)));
        command.addAll(List.of("--cache-ram", Integer.toString(CACHE_MEBIBYTES)));
        command.addAll(List.of("--metrics", "--jinja"));
        if (settings.embeddings()) {
            var batch = Integer.toString(settings.contextTokens());
            command.addAll(List.of("--embeddings", "--pooling", "mean", "--batch-size", batch, "--ubatch-size", batch));
        }
        if (!settings.chatTemplate().isEmpty()) {
            command.addAll(List.of("--chat-template-file", template(settings).toString()));
        }
        var environment = new HashMap<>(SLEEPING_THREADS);
        environment.put("LLAMA_API_KEY", settings.apiKey());
        return new Launch(command, environment, "");
    }

    private Path template(Settings settings) throws IOException {
        Files.createDirectories(templates);
        return Resources.place(settings.chatTemplate(), templates.resolve(settings.model() + ".jinja"));
    }
}
