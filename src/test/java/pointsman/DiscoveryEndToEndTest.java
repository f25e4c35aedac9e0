package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import pointsman.testing.Chat;
import pointsman.testing.Eventually;
import pointsman.testing.FakeProgram;
import pointsman.testing.Gateway;

/// What answers on this machine is told once at the start, is sent nothing, and is used by whoever
/// configures it.
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class DiscoveryEndToEndTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern FOUND = Pattern.compile("Found [^\\r\\n]*\\(not used\\)[^\\r\\n]*");

    @Test
    void whatIsFoundIsToldAndSentNothing(CapturedOutput output) throws Exception {
        try (var ollama = FakeProgram.ollama("qwen3:8b");
                var studio = FakeProgram.lmStudio("gemma-3-4b");
                var gateway = Gateway.with(ports(ollama, studio))) {
            Eventually.holds("both are told", SOON, () -> found(output).size() == 2);

            var reply = gateway.client().post("/v1/chat/completions", Chat.ask("small", "hello"));

            assertThat(reply.status()).as(reply.text()).isEqualTo(200);
            assertThat(gateway.small().calls()).hasSize(1);
            assertThat(found(output))
                    .anySatisfy(line -> assertThat(line)
                            .contains("Ollama on 127.0.0.1:" + ollama.port())
                            .contains("SMALL_BASE_URL=http://127.0.0.1:%d/v1".formatted(ollama.port()))
                            .contains("SMALL_MODEL=qwen3:8b"))
                    .anySatisfy(line -> assertThat(line).contains("LM Studio on 127.0.0.1:" + studio.port()));
            assertThat(ollama.asked()).allSatisfy(request -> assertThat(request).startsWith("GET "));
        }
    }

    @Test
    void theLineThatIsPrintedUsesIt(CapturedOutput output) throws Exception {
        try (var ollama = FakeProgram.ollama("qwen3:8b");
                var studio = FakeProgram.lmStudio("gemma-3-4b");
                var gateway = Gateway.with(both(
                        ports(ollama, studio),
                        "pointsman.upstreams.small.base-url=http://127.0.0.1:%d/v1".formatted(ollama.port()),
                        "pointsman.upstreams.small.model=qwen3:8b"))) {
            var reply = gateway.client().post("/v1/chat/completions", Chat.ask("small", "hello"));
            Eventually.holds("the other one is told", SOON, () -> !found(output).isEmpty());

            assertThat(reply.text()).contains("Hello from this machine.");
            assertThat(ollama.asked()).containsExactly("POST /v1/chat/completions");
            assertThat(found(output)).singleElement().asString().contains("LM Studio");
        }
    }

    @Test
    void nobodyIsAskedWhereItIsSwitchedOff(CapturedOutput output) throws Exception {
        try (var ollama = FakeProgram.ollama("qwen3:8b");
                var studio = FakeProgram.lmStudio("gemma-3-4b");
                var gateway = Gateway.with(both(ports(ollama, studio), "pointsman.discovery.enabled=false"))) {
            gateway.client().post("/v1/chat/completions", Chat.ask("small", "hello"));

            assertThat(ollama.asked()).isEmpty();
            assertThat(studio.asked()).isEmpty();
            assertThat(found(output)).isEmpty();
        }
    }

    private static String[] ports(FakeProgram ollama, FakeProgram studio) {
        return new String[] {
            "pointsman.discovery.enabled=true",
            "pointsman.discovery.ports.ollama=" + ollama.port(),
            "pointsman.discovery.ports.lm-studio=" + studio.port(),
            "pointsman.discovery.ports.vllm=" + studio.port(),
            "pointsman.discovery.ports.llama-server=" + studio.port()
        };
    }

    private static String[] both(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    private static List<String> found(CapturedOutput output) {
        return FOUND.matcher(output.getOut()).results().map(MatchResult::group).toList();
    }
}
