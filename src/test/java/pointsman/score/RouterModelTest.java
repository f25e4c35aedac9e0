package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterModelTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void copy() throws IOException {
        for (var name : new String[] {"router.onnx", "tokenizer.json", "calibration.json"}) {
            Files.copy(Path.of("router-model", name), directory.resolve(name));
        }
    }

    @Test
    void aDirectoryGivesTheSameRouterAsTheClassPath() throws RouterModelException {
        var model = RouterModel.load(directory.toString());

        assertThat(model.models()).isEqualTo(RouterModel.load("").models());
        assertThat(model.defaultPair()).isEqualTo(new ModelPair("Meta-Llama-3.1-8B-Instruct", "gpt-4o-2024-05-13"));
        assertThat(model).hasToString(directory.resolve("router.onnx").toString());
    }

    @Test
    void aMissingGraphIsNamed() throws IOException, RouterModelException {
        Files.delete(directory.resolve("router.onnx"));
        var model = RouterModel.load(directory.toString());

        assertThatExceptionOfType(RouterModelException.class)
                .isThrownBy(model::open)
                .withMessageContaining(directory.resolve("router.onnx") + " cannot be read");
    }

    @Test
    void aTruncatedGraphIsNamedWithItsDigest() throws IOException, RouterModelException {
        Files.write(directory.resolve("router.onnx"), new byte[1000]);
        var model = RouterModel.load(directory.toString());

        assertThatExceptionOfType(RouterModelException.class)
                .isThrownBy(model::open)
                .withMessageContaining("router.onnx (1000 bytes) is not the file that calibration.json belongs to");
    }

    @Test
    void aGraphThatOnnxCannotReadIsNamed() throws IOException, RouterModelException {
        var garbage = new byte[1000];
        Files.write(directory.resolve("router.onnx"), garbage);
        edit(
                "calibration.json",
                "\"onnxSha256\": \"[0-9a-f]+\"",
                "\"onnxSha256\": \"%s\"".formatted(RouterFiles.sha256(garbage)));
        var model = RouterModel.load(directory.toString());

        assertThatExceptionOfType(RouterModelException.class)
                .isThrownBy(() -> model.scorer(model.defaultPair()))
                .withMessageContaining("router.onnx cannot be run");
    }

    @Test
    void aCalibrationOfAnotherModelListIsRefused() throws IOException, RouterModelException {
        edit("calibration.json", "\"models\": \\[", "\"models\": [\"one too many\",");
        var model = RouterModel.load(directory.toString());

        assertThatExceptionOfType(RouterModelException.class)
                .isThrownBy(() -> model.scorer(model.defaultPair()))
                .withMessageContaining(
                        "does not give the %d logits".formatted(model.models().size()));
    }

    @Test
    void aCalibrationOfAnotherVersionIsRefused() throws IOException {
        edit("calibration.json", "\"version\": 2", "\"version\": 3");

        assertThatExceptionOfType(RouterModelException.class)
                .isThrownBy(() -> RouterModel.load(directory.toString()))
                .withMessageContaining("is of version 3, this program reads version 2");
    }

    @Test
    void aCalibrationThatIsNoJsonIsRefused() throws IOException {
        Files.writeString(directory.resolve("calibration.json"), "{");

        assertThatExceptionOfType(RouterModelException.class)
                .isThrownBy(() -> RouterModel.load(directory.toString()))
                .withMessageContaining("calibration.json is not usable");
    }

    @Test
    void aVocabularyWithoutPiecesIsRefused() throws IOException, RouterModelException {
        Files.writeString(directory.resolve("tokenizer.json"), "{\"model\": {\"vocab\": {}}}");
        var model = RouterModel.load(directory.toString());

        assertThatExceptionOfType(RouterModelException.class)
                .isThrownBy(model::open)
                .withMessageContaining("the vocabulary has no [UNK]");
    }

    @Test
    void anUnknownModelIsAnsweredWithTheKnownOnes() throws RouterModelException {
        var model = RouterModel.load(directory.toString());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.scorer(new ModelPair("weak", "gpt-99")))
                .withMessageContaining("unknown model 'gpt-99'")
                .withMessageContaining("strong");
    }

    private void edit(String name, String pattern, String replacement) throws IOException {
        var file = directory.resolve(name);
        var before = Files.readString(file);
        var after = before.replaceFirst(pattern, replacement);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(file, after);
    }
}
