package pointsman.fleet.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineSpeedTest {
    private static final String PAGE = """
            # HELP llamacpp:prompt_tokens_seconds Average prompt throughput in tokens/s.
            # TYPE llamacpp:prompt_tokens_seconds gauge
            llamacpp:prompt_tokens_seconds 42.7351
            llamacpp:predicted_tokens_seconds 11.0407
            llamacpp:requests_processing 0
            llamacpp:requests_deferred 3
            """;

    @Test
    void speedsAreReadFromTheMetricsPage() {
        assertThat(EngineSpeed.NONE.updated(PAGE)).isEqualTo(new EngineSpeed(42.7351, 11.0407, 3));
    }

    @Test
    void anIdleEngineKeepsItsLastSpeed() {
        var idle = EngineSpeed.NONE.updated(PAGE).updated("llamacpp:prompt_tokens_seconds 0\n");

        assertThat(idle).isEqualTo(new EngineSpeed(42.7351, 11.0407, 0));
    }

    @Test
    void aStrangePageIsNoError() {
        assertThat(EngineSpeed.NONE.updated("llamacpp:requests_deferred lots\nnonsense"))
                .isEqualTo(EngineSpeed.NONE);
    }
}
