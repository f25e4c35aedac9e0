package pointsman.fleet.local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLocatorTest {
    private static final Engine.Settings SETTINGS =
            new Engine.Settings("tiny", Path.of("/weights.gguf"), 4711, "secret", "template", 2048, 2, 1, false);

    @TempDir
    Path directory;

    @Test
    void aConfiguredEngineIsTaken() throws IOException {
        var own = executable("my-server", "exit 0");

        assertThat(locator(own.toString(), List.of()).locate())
                .isEqualTo(new LlamaServer(own, directory.resolve("templates")));
    }

    @Test
    void aConfiguredEngineThatIsMissingIsSaid() {
        assertThatThrownBy(() -> locator("/nowhere/llama-server", List.of()).locate())
                .isInstanceOf(LocalModelException.class)
                .hasMessage("pointsman.local.engine: no executable file at /nowhere/llama-server");
    }

    @Test
    void thePackagedEngineIsUnpackedOnce() throws IOException {
        var wheel = wheel("engine/code.py");
        var locator = locator("", List.of(Sha256.of(wheel)), wheel.toUri().toString());

        var engine = locator.wheel();
        Files.delete(wheel);

        assertThat(locator.wheel()).isEqualTo(engine);
        assertThat(engine.directory().resolve("engine/code.py")).hasContent("print()");
    }

    @Test
    void aPackageThatReachesOutOfItsDirectoryIsRefused() throws IOException {
        var wheel = wheel("../../outside.py");
        var locator = locator("", List.of(Sha256.of(wheel)), wheel.toUri().toString());

        assertThatThrownBy(locator::wheel)
                .isInstanceOf(LocalModelException.class)
                .hasMessageContaining("entry outside of it: ../../outside.py");
        assertThat(directory.resolveSibling("outside.py")).doesNotExist();
    }

    @Test
    void neitherKeyNorTemplateShowsInTheProcessList() throws IOException {
        var packaged = new WheelEngine("python3", directory).launch(SETTINGS);
        var own = new LlamaServer(Path.of("/bin/true"), directory.resolve("templates")).launch(SETTINGS);

        assertThat(String.join(" ", packaged.command())).doesNotContain("secret");
        assertThat(packaged.firstLine()).contains("\"api_key\":\"secret\"");
        assertThat(String.join(" ", own.command())).doesNotContain("secret").contains("--ctx-size 4096");
        assertThat(own.environment()).containsEntry("LLAMA_API_KEY", "secret");
        assertThat(directory.resolve("templates/tiny.jinja")).hasContent("template");
    }

    @Test
    void aLlamaServerGoesWhenItsLifelineEnds() throws Exception {
        var process = leashed("exec sleep 600");
        var engine = engineOf(process);

        process.getOutputStream().close();

        Await.until("the engine is gone", Samples.supervision().startTimeout(), () -> !engine.isAlive());
        assertThat(process.waitFor()).isNotZero();
    }

    @Test
    void theEndOfALlamaServerIsSeen() throws Exception {
        var process = leashed("exec sleep 600");

        engineOf(process).destroyForcibly();

        assertThat(process.waitFor()).isEqualTo(137);
        process.getOutputStream().close();
    }

    private Process leashed(String script) throws IOException {
        var server = new LlamaServer(executable("llama-server", script), directory.resolve("templates"));
        return new ProcessBuilder(server.launch(SETTINGS).command()).start();
    }

    private static ProcessHandle engineOf(Process process) {
        Await.until(
                "the engine runs",
                Samples.supervision().startTimeout(),
                () -> sleeper(process).findAny().isPresent());
        return sleeper(process).findAny().orElseThrow();
    }

    private static Stream<ProcessHandle> sleeper(Process process) {
        return process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("sleep"));
    }

    private EngineLocator locator(String engine, List<String> sha256, String... sources) {
        var properties = new LocalProperties(
                directory,
                engine,
                new LocalProperties.EnginePackage(List.of(sources), sha256),
                "python3",
                Samples.downloads(),
                Samples.supervision(),
                Map.of());
        return new EngineLocator(properties, LocalConfiguration.fileStore(properties, System.err));
    }

    private Path executable(String name, String script) throws IOException {
        var file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private Path wheel(String member) throws IOException {
        var file = directory.resolve("engine.whl");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(member));
            zip.write("print()".getBytes(US_ASCII));
        }
        return file;
    }
}
