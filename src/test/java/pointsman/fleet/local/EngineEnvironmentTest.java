package pointsman.fleet.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineEnvironmentTest {
    @Test
    void noKeyOfAnUpstreamReachesAnEngine() {
        var environment = new HashMap<>(Map.of(
                "PATH",
                "/bin",
                "LC_ALL",
                "C",
                "OMP_WAIT_POLICY",
                "PASSIVE",
                "OPENAI_API_KEY",
                "sk",
                "LARGE_API_KEY",
                "sk"));

        EngineEnvironment.strip(environment);

        assertThat(environment).containsOnlyKeys("PATH", "LC_ALL", "OMP_WAIT_POLICY");
    }
}
