package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.annotation.JsonCreator;
import dev.langchain4j.model.chat.ChatModel;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/// The choice as a library, as other programs use it: the jar that the build attaches, and no other class
/// of the gateway. Run by `./mvnw verify`, after the jar was made.
@Timeout(120)
class RouterLibraryIT {
    private static final Path LIBRARY =
            Path.of("target", "pointsman-router.jar").toAbsolutePath();
    private static final List<Class<?>> NEEDED =
            List.of(OrtEnvironment.class, JsonMapper.class, JsonFactory.class, JsonCreator.class);

    @TempDir
    private Path directory;

    @Test
    void itScoresAsTheGatewayDoesBesideOnnxRuntimeAndJackson() throws Exception {
        var said = run(NEEDED.stream(), """
                try (var router = pointsman.embed.PromptRouter.open(
                        java.util.List.of("Meta-Llama-3.1-8B-Instruct", "gpt-4o-2024-05-13"), 0.8)) {
                    var choice = router.choose("What is the capital of France?");
                    System.out.printf("%s %.4f %s%n", choice.model(), choice.score().orElseThrow(), choice.reason());
                }""");

        assertThat(said).isEqualTo("Meta-Llama-3.1-8B-Instruct 0.8976 score_at_or_above_threshold\n");
    }

    @Test
    void itRoutesLangChainsModels() throws Exception {
        var said = run(Stream.concat(NEEDED.stream(), Stream.of(ChatModel.class, Logger.class)), """
                record Named(String name) implements dev.langchain4j.model.chat.ChatModel {
                    @Override
                    public dev.langchain4j.model.chat.response.ChatResponse doChat(
                            dev.langchain4j.model.chat.request.ChatRequest request) {
                        return dev.langchain4j.model.chat.response.ChatResponse.builder()
                                .aiMessage(dev.langchain4j.data.message.AiMessage.from(name)).build();
                    }
                }
                try (var model = pointsman.embed.ChatModelRouter.builder()
                        .rung("Meta-Llama-3.1-8B-Instruct", new Named("small"))
                        .rung("gpt-4o-2024-05-13", new Named("large"))
                        .threshold(0.8)
                        .build()) {
                    System.out.println(model.chat("What is the capital of France?"));
                }""");

        assertThat(said).isEqualTo("small\n");
    }

    /// Runs statements as a program of its own, from source.
    private String run(Stream<Class<?>> libraries, String statements) throws Exception {
        var source = Files.writeString(
                directory.resolve("Program.java"),
                "class Program { public static void main(String[] arguments) throws Exception {\n" + statements
                        + "\n}}");
        var classPath = Stream.concat(Stream.of(LIBRARY), libraries.map(RouterLibraryIT::jar))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        var output = directory.resolve("output");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classPath,
                        source.toString())
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        return Files.readString(output).replace(System.lineSeparator(), "\n");
    }

    private static Path jar(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
