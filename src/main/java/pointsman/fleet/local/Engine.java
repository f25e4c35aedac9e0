package pointsman.fleet.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program that serves one model over HTTP on a loopback port, OpenAI-compatible under `/v1`, with `/health` (200
/// once it can answer) and llama.cpp's `/metrics`. It must end when its standard input ends.
interface Engine {
    Launch launch(Settings settings) throws IOException;

    /// What a model asks of its engine.
    ///
    /// @param chatTemplate Jinja text; empty: the template inside the weights
    /// @param contextTokens of one slot
    /// @param embeddings whether it makes embeddings, each the mean over its text, and nothing else
    public record Settings(
            String model,
            Path weights,
            int port,
            String apiKey,
            String chatTemplate,
            int contextTokens,
            int slots,
            int threads,
            boolean embeddings) {

        /// Without the key.
        @Override
        public String toString() {
            return model + " on port " + port;
        }
    }

    /// How to start it: the command, what is added to the environment, and the first line of its standard input.
    record Launch(List<String> command, Map<String, String> environment, String firstLine) {}

    /// Threads that wait for each other shall sleep, not spin: with two engines, the gateway and other work
    /// on the same cores, spinning took decoding from 20 to 1 token a second (libgomp, 2 threads, 2 cores,
    /// load average 11).
    Map<String, String> SLEEPING_THREADS = Map.of("OMP_WAIT_POLICY", "PASSIVE");

    /// A prompt's chunks of at least this many tokens are reused though they have moved.
    int CACHE_REUSE_TOKENS = 256;

    /// Memory for the prompts of slots that were given away.
    int CACHE_MEBIBYTES = 256;
}
