package pointsman.fleet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real child processes: each engine is another JVM.
class SupervisorTest {
    private static final Duration START = Duration.ofSeconds(20);
    private static final String ENGINE = "engine: ";
    private static final Duration NOTICED = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private LocalModels models;

    @BeforeEach
    void prepare() throws IOException {
        models = models(directory, "answers", meters);
    }

    @AfterEach
    void stop() {
        models.close();
    }

    @Test
    void aStartedModelBecomesReady() throws IOException {
        var model = start("answers");

        awaitUp(model);

        assertThat(model.problem()).isEmpty();
        assertThat(model.baseUrl()).hasPath("/v1").hasHost("127.0.0.1").hasPort(port(model));
        assertThat(model.requestDefaults()).containsKey("stop");
    }

    @Test
    void aModelThatIsStartedTwiceHasOneEngine() throws IOException {
        var model = start("answers");

        assertThat(models.start("tiny")).isSameAs(model);
    }

    @Test
    void aKilledEngineIsNoticedAndComesBackUnderTheSameAddress() throws IOException {
        var model = start("answers");
        awaitUp(model);
        var address = model.baseUrl();
        var killed = model.pid();

        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        Await.until("the kill is noticed", NOTICED, () -> !model.up());
        awaitUp(model);
        assertThat(model.pid()).isNotEqualTo(killed);
        assertThat(model.baseUrl()).isEqualTo(address);
        assertThat(meters.get("pointsman.local.restarts").functionCounter().count())
                .isEqualTo(1);
    }

    @Test
    void aCrashedEngineComesBack() throws Exception {
        var model = start("answers");
        awaitUp(model);
        var crashed = model.pid();

        tellToCrash(model);

        Await.until("a new engine is up", START, () -> model.up() && model.pid() != crashed);
    }

    @Test
    void aHungEngineIsKilledAndReplaced() throws Exception {
        var model = start("answers");
        awaitUp(model);
        var hung = model.pid();

        FakeEngine.tell(port(model), "hang");

        Await.until("the hung engine is gone", Duration.ofSeconds(10), () -> !isAlive(hung));
        Await.until("a new engine is up", START, () -> model.up() && model.pid() != hung);
    }

    @Test
    void anEngineThatRefusesIsQuotedAndTriedAgain() throws IOException {
        var model = start("refuses");

        Await.until("several tries", START, () -> model.supervisor().restarts() >= 2);

        assertThat(model.up()).isFalse();
        assertThat(model.problem())
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("ended with code 3").contains("error: this file is not a model"));
    }

    @Test
    void stoppingLeavesNoProcess() throws IOException {
        var model = start("answers");
        awaitUp(model);

        models.close();

        assertThat(isAlive(model.pid())).isFalse();
        assertThat(model.up()).isFalse();
        assertThat(model.problem()).contains("stopped");
    }

    @Test
    void aGatewayThatIsKilledLeavesNoEngineBehind() throws Exception {
        var gateway = new ProcessBuilder(FakeEngine.java(ShortLivedGateway.class, directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var engine = pidIn(gateway.inputReader().lines());
        assertThat(isAlive(engine)).isTrue();

        gateway.destroyForcibly();

        Await.until("its engine is gone", START, () -> !isAlive(engine));
    }

    @Test
    void anEngineThatDoesNotStopIsKilled() throws IOException {
        var model = start("endures");
        awaitUp(model);

        models.close();

        Await.until("it is gone", NOTICED, () -> !isAlive(model.pid()));
    }

    @Test
    void theMetersTellWhatTheEngineSays() throws IOException {
        var model = start("answers");
        awaitUp(model);

        Await.until(
                "the metrics were read", START, () -> model.supervisor().speed().queue() > 0);

        assertThat(meters.get("pointsman.local.up").tag("model", "tiny").gauge().value())
                .isEqualTo(1);
        assertThat(meters.get("pointsman.local.queue").gauge().value()).isEqualTo(2);
        assertThat(meters.get("pointsman.local.prompt.tokens.per.second")
                        .gauge()
                        .value())
                .isEqualTo(170.5);
    }

    @Test
    void anUnknownModelIsRefusedWithTheKnownNames() {
        assertThatThrownBy(() -> models.start("huge"))
                .isInstanceOf(LocalModelException.class)
                .hasMessage("no local model is named huge; pointsman.local.models names tiny");
    }

    /// A gateway of its own process, to be killed: prints the process id of its engine once that is up.
    static final class ShortLivedGateway {
        static void main(String[] arguments) throws IOException {
            var models = models(Path.of(arguments[0]), "answers", new SimpleMeterRegistry());
            var model = models.start("tiny");
            awaitUp(model);
            System.out.println(ENGINE + model.pid());
            System.in.read();
        }
    }

    private LocalModel start(String behaviour) throws IOException {
        models.close();
        models = models(directory, behaviour, meters);
        return models.start("tiny");
    }

    private static LocalModels models(Path directory, String behaviour, MeterRegistry meters) throws IOException {
        var weights = Files.writeString(directory.resolve("tiny.gguf"), "weights");
        var properties = Samples.properties(directory, Map.of("tiny", Samples.model(weights.toString(), "")));
        return new LocalModels(
                properties,
                Samples.engines(properties),
                LocalConfiguration.fileStore(properties, System.err),
                () -> new FakeEngine(behaviour),
                LocalConfiguration.probeClient(),
                meters);
    }

    private static void awaitUp(LocalModel model) {
        Await.until("the engine is up", START, model::up);
    }

    private static int port(LocalModel model) {
        return model.baseUrl().getPort();
    }

    private static void tellToCrash(LocalModel model) throws InterruptedException {
        try {
            FakeEngine.tell(port(model), "crash");
        } catch (IOException _) {
            // it took the connection with it
        }
    }

    private static long pidIn(Stream<String> lines) {
        var line = lines.filter(said -> said.startsWith(ENGINE)).findFirst().orElseThrow();
        return Long.parseLong(line.substring(ENGINE.length()));
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
