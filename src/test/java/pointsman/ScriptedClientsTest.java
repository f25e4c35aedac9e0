package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Call;
import pointsman.testing.ClientScript;
import pointsman.testing.ClientTable;
import pointsman.testing.Gateway;
import pointsman.testing.SharedGateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The official clients of Node and Python, unchanged but for their base URL, on upstreams of all three
/// dialects: `small` speaks OpenAI's or llama.cpp's, `large` Anthropic's. What each is asked to do stands in
/// `src/test/clients`.
@Timeout(600)
class ScriptedClientsTest {
    private static final String KEY = SharedGateway.key("clients");

    private static final List<ClientScript> SCRIPTS = List.of(
            ClientScript.node("openai", "openai.mjs"),
            ClientScript.node("@anthropic-ai/sdk", "anthropic.mjs"),
            ClientScript.node("ai", "ai.mjs"),
            ClientScript.python("openai_client.py"),
            ClientScript.python("anthropic_client.py"));

    @TestFactory
    Stream<DynamicNode> onUpstreamsOfOpenAiAndAnthropic() {
        return SCRIPTS.stream().map(script -> checks(script, SharedGateway.KEYED, "small,large"));
    }

    @TestFactory
    Stream<DynamicNode> onAnUpstreamOfLlamaCpp() {
        return SCRIPTS.stream().map(script -> checks(script, SharedGateway.LLAMA_CPP, "small"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "large"})
    void compatcanaryFindsNothing(String model) throws Exception {
        var report = Path.of(System.getProperty("project.basedir", "."), "target", "compatcanary-" + model + ".json");
        var url = SharedGateway.KEYED.get().uri("/v1").toString();
        var scan = ClientScript.node(
                "compatcanary",
                "node_modules/compatcanary/src/cli.js",
                "scan",
                "--profile",
                "modern",
                "--fail-on",
                "any",
                "--base-url",
                url,
                "--model",
                model,
                "--format",
                "json",
                "--output",
                report.toAbsolutePath().toString());
        assumeThat(scan.isInstalled()).as("compatcanary is installed").isTrue();

        var output = scan.run(Map.of("OPENAI_API_KEY", KEY));

        assertThat(output.status()).as(output.text()).isZero();
        var found = new JsonMapper().readTree(Files.readString(report));
        assertThat(found.path("score").asInt(-1)).as(found.toPrettyString()).isEqualTo(100);
    }

    private static DynamicNode checks(ClientScript script, SharedGateway gateway, String models) {
        if (!script.isInstalled()) {
            return dynamicTest(
                    script.toString(),
                    () -> assumeThat(false).as("%s: not installed", script).isTrue());
        }
        return dynamicContainer(script.toString(), Stream.of(0).flatMap(_ -> results(script, gateway.get(), models)));
    }

    private static Stream<DynamicNode> results(ClientScript script, Gateway gateway, String models) {
        var output = run(script, gateway, models);
        var lines = output.lines();
        var checks = lines.stream().filter(line -> line.has("check")).toList();
        assertThat(checks).as(output.text()).isNotEmpty();
        var passed =
                checks.stream().filter(check -> check.path("ok").asBoolean()).count();
        ClientTable.add(
                lines.getFirst().path("client").asString(),
                lines.getFirst().path("version").asString(),
                (int) passed,
                checks.size());
        return Stream.concat(
                checks.stream().map(ScriptedClientsTest::result),
                Stream.of(dynamicTest("what it left has ended at the upstream too", () -> {
                    assertThat(output.status()).as(output.text()).isZero();
                    assertWhatWasLeftHasEnded(gateway);
                })));
    }

    private static void assertWhatWasLeftHasEnded(Gateway gateway) throws InterruptedException {
        var left = Stream.of(gateway.small(), gateway.large())
                .flatMap(upstream -> upstream.calls().stream())
                .filter(call -> call.text().contains("[[mode:endless]]"))
                .toList();
        assertThat(left).isNotEmpty();
        for (var call : left) {
            assertThat(call.awaitEnding(Duration.ofSeconds(5))).isEqualTo(Call.Ending.CALLER_GONE);
        }
        gateway.forget();
    }

    private static ClientScript.Output run(ClientScript script, Gateway gateway, String models) {
        try {
            return script.run(Map.of("GATEWAY", gateway.uri("").toString(), "KEY", KEY, "MODELS", models));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static DynamicNode result(JsonNode check) {
        return dynamicTest(
                check.path("check").asString(),
                () -> assertThat(check.path("ok").asBoolean())
                        .as(check.path("error").asString(""))
                        .isTrue());
    }
}
