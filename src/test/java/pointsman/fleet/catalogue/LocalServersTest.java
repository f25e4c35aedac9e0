package pointsman.fleet.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.FakeProgram;
import pointsman.testing.FakeProgram.Page;

@Timeout(30)
class LocalServersTest {
    @Test
    void theFourAreToldWithTheLineThatUsesThem() throws Exception {
        try (var ollama = FakeProgram.ollama("qwen3:8b", "llama3.2:3b", "nomic-embed-text:latest");
                var studio = FakeProgram.lmStudio("qwen/qwen3.8-27b", "text-embedding-nomic-embed-text-v1.5");
                var vllm = FakeProgram.vllm("Qwen/Qwen3-8B");
                var llama = FakeProgram.llamaServer("models/gemma-4-12B-it-Q8_0.gguf")) {
            var lines = lines(
                    Map.of(
                            "ollama", ollama.port(),
                            "lm-studio", studio.port(),
                            "vllm", vllm.port(),
                            "llama-server", llama.port()),
                    Set.of());

            assertThat(lines)
                    .containsExactly(
                            ("Found Ollama on 127.0.0.1:%d with qwen3:8b, llama3.2:3b (not used). To use one:"
                                            + " SMALL_BASE_URL=http://127.0.0.1:%1$d/v1 SMALL_MODEL=qwen3:8b")
                                    .formatted(ollama.port()),
                            ("Found LM Studio on 127.0.0.1:%d with qwen/qwen3.8-27b (not used). To use it:"
                                            + " SMALL_BASE_URL=http://127.0.0.1:%1$d/v1 SMALL_MODEL=qwen/qwen3.8-27b")
                                    .formatted(studio.port()),
                            ("Found vLLM on 127.0.0.1:%d with Qwen/Qwen3-8B (not used). To use it:"
                                            + " SMALL_BASE_URL=http://127.0.0.1:%1$d/v1 SMALL_MODEL=Qwen/Qwen3-8B")
                                    .formatted(vllm.port()),
                            ("Found llama-server on 127.0.0.1:%d with models/gemma-4-12B-it-Q8_0.gguf (not used). To"
                                            + " use it: SMALL_BASE_URL=http://127.0.0.1:%1$d/v1"
                                            + " SMALL_MODEL=models/gemma-4-12B-it-Q8_0.gguf SMALL_DIALECT=llama-cpp")
                                    .formatted(llama.port()));
            for (var program : List.of(ollama, studio, vllm, llama)) {
                assertThat(program.asked())
                        .allSatisfy(request ->
                                assertThat(request).startsWith("GET ").doesNotContain("completions"));
            }
        }
    }

    @Test
    void theyAreKnownOnOneAnothersPorts() throws Exception {
        try (var vllm = FakeProgram.vllm("Qwen/Qwen3-8B");
                var llama = FakeProgram.llamaServer("tiny")) {
            assertThat(lines(elsewhere(Map.of("ollama", llama.port(), "llama-server", vllm.port())), Set.of()))
                    .satisfiesExactly(
                            first -> assertThat(first).startsWith("Found llama-server on"),
                            second -> assertThat(second).startsWith("Found vLLM on"));
        }
    }

    @Test
    void oneThatListsNothingIsKnownByItsPage() throws Exception {
        try (var ollama = FakeProgram.ollama();
                var vllm = FakeProgram.guardedVllm()) {
            assertThat(lines(elsewhere(Map.of("ollama", ollama.port(), "vllm", vllm.port())), Set.of()))
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .isEqualTo(("Found Ollama on 127.0.0.1:%d, which lists no model without a key, or"
                                                    + " has none (not used).")
                                            .formatted(ollama.port())),
                            second -> assertThat(second).startsWith("Found vLLM on"));
        }
    }

    @Test
    void ourOwnPortsAndThoseInUseAreNotAsked() throws Exception {
        try (var ollama = FakeProgram.ollama("qwen3:8b")) {
            assertThat(lines(elsewhere(Map.of("ollama", ollama.port())), Set.of(ollama.port())))
                    .isEmpty();
            assertThat(ollama.asked()).isEmpty();
        }
    }

    @Test
    void ofManyModelsTheFirstAreNamed() throws Exception {
        var names = IntStream.range(0, 17).mapToObj(i -> "m" + i).toArray(String[]::new);
        try (var ollama = FakeProgram.ollama(names)) {
            assertThat(lines(elsewhere(Map.of("ollama", ollama.port())), Set.of()))
                    .singleElement()
                    .asString()
                    .contains(" with m0, m1, m2, m3, m4 and 12 more (not used)");
        }
    }

    @Test
    void aNameThatNobodyCouldTypeIsNotPrinted() throws Exception {
        try (var ollama = FakeProgram.ollama("fine:1b", "two words", "line\\nbreak", "quo\\u0022te", "$(reboot)")) {
            assertThat(lines(elsewhere(Map.of("ollama", ollama.port())), Set.of()))
                    .singleElement()
                    .asString()
                    .contains(" with fine:1b (not used)");
        }
    }

    @Test
    void whateverElseListensIsPassedOver() throws Exception {
        var endless = "{\"data\": [" + " ".repeat(2 << 20) + "]}";
        try (var page = FakeProgram.other(new Page(200, "<html></html>"));
                var json = FakeProgram.other(new Page(404, "{\"version\": \"1\"}"));
                var large = FakeProgram.other(new Page(200, endless));
                var silent = FakeProgram.other(Page.NEVER)) {
            var began = System.nanoTime();

            var lines = lines(
                    Map.of(
                            "ollama", page.port(),
                            "lm-studio", json.port(),
                            "vllm", large.port(),
                            "llama-server", silent.port()),
                    Set.of());

            assertThat(lines).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aProgramThatWeDoNotKnowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lines(Map.of("olama", 11434), Set.of()))
                .withMessageContaining("pointsman.discovery.ports.olama")
                .withMessageContaining("lm-studio");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lines(Map.of("ollama", 0), Set.of()))
                .withMessageContaining("ports.ollama");
    }

    private static List<String> lines(Map<String, Integer> ports, Set<Integer> known) throws Exception {
        return LocalServers.on(new DiscoveryProperties(true, ports)).lines(known);
    }

    /// These, and for all others a port where nobody listens: the usual ones of this machine are not asked.
    private static Map<String, Integer> elsewhere(Map<String, Integer> ports) throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var nobody = socket.getLocalPort();
            var all = new HashMap<>(
                    Map.of("ollama", nobody, "lm-studio", nobody, "vllm", nobody, "llama-server", nobody));
            all.putAll(ports);
            return all;
        }
    }
}
