package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import pointsman.testing.Chat;
import pointsman.testing.Gateway;

/// A configuration that was written for an older version, with every property that there was: whoever upgrades keeps
/// the file.
class OlderConfigurationTest {
    @AutoClose
    private final Gateway gateway = Gateway.with(
            "spring.config.additional-location=file:"
                    + Path.of(System.getProperty("project.basedir", ""))
                            .resolve("src/test/resources/configuration/application-of-the-first-house.yml")
                            .toAbsolutePath(),
            "pointsman.tier.threshold=0");

    @Test
    void whatItSaysStillCounts() throws Exception {
        var answer = gateway.client().post("/v1/chat/completions", Chat.ask("auto", Chat.EASY));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-pointsman-threshold")).isEqualTo("0.0000");
    }
}
