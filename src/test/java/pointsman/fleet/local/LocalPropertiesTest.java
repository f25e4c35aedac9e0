package pointsman.fleet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LocalPropertiesTest {
    private static final Path DIRECTORY = Path.of("/cache");

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withBean(SimpleMeterRegistry.class)
            .withUserConfiguration(LocalConfiguration.class);

    @Test
    void theDefaultsAreValidAndStartNothing(@TempDir Path home) {
        application.withPropertyValues("POINTSMAN_HOME=" + home).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(LocalModels.class);
            assertThat(context.getBean(LocalProperties.class).cacheDirectory()).isEqualTo(home);
            assertThat(home).isEmptyDirectory();
        });
    }

    @Test
    void requestDefaultsKeepTheirNamesAndTypes() {
        application.run(context -> {
            var models = context.getBean(LocalProperties.class).models();

            assertThat(models)
                    .extractingByKey("gemma-3-270m")
                    .extracting(LocalProperties.Model::requestDefaults)
                    .isEqualTo(Map.of(
                            "stop", List.of("\n\n### "),
                            "temperature", 0,
                            "dry_multiplier", 0.8,
                            "dry_allowed_length", 16,
                            "max_tokens", 512));
        });
    }

    @Test
    void aBadHashIsRefusedByItsPropertyName() {
        assertRefused(Samples.model("m.gguf", "abc", "https://example.org/m"), "models.m.sha256: not 64 hex digits");
    }

    @Test
    void whatIsFetchedNeedsAHash() {
        assertRefused(Samples.model("m.gguf", "", "https://example.org/m"), "models.m.sha256: not 64 hex digits");
    }

    @Test
    void aFileInTheCacheNeedsASource() {
        assertRefused(
                Samples.model("m.gguf", Samples.NO_HASH),
                "models.m.sources: needed, because the file is not an absolute path");
    }

    @Test
    void aStrangeSourceIsQuoted() {
        assertRefused(
                Samples.model("m.gguf", Samples.NO_HASH, "ftp://example.org/m"),
                "models.m.sources: neither pypi:, https: nor file: in ftp://example.org/m");
    }

    @Test
    void aFileOfTheUsersNeedsNothingElse() {
        var model = Samples.model("/models/own.gguf", "");

        assertThat(Samples.properties(DIRECTORY, Map.of("m", model)).models()).containsValue(model);
    }

    private static void assertRefused(LocalProperties.Model model, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.properties(DIRECTORY, Map.of("m", model)))
                .withMessage(message);
    }
}
