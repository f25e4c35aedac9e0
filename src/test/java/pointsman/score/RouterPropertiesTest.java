package pointsman.score;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterPropertiesTest {
    private static final Duration TIMEOUT = Duration.ofMillis(250);

    @Test
    void noThreadsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak,strong", 0, 1, TIMEOUT, 0, Map.of()))
                .withMessage("threads: must be 1 to 64, was 0");
    }

    @Test
    void anEmptyQueueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak,strong", 1, 0, TIMEOUT, 0, Map.of()))
                .withMessage("queue: must be 1 to 1000000, was 0");
    }

    @Test
    void aNegativeCacheIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak,strong", 1, 1, TIMEOUT, -1, Map.of()))
                .withMessage("cache-entries: must be 0 to 10000000, was -1");
    }

    @Test
    void aTimeLimitOfHoursIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak,strong", 1, 1, Duration.ofHours(2), 0, Map.of()))
                .withMessage("timeout: must be 1ms to 1m, was PT2H");
    }

    @Test
    void aSingleNameIsNoPair() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak", 1, 1, TIMEOUT, 0, Map.of()))
                .withMessage("pair: must be SMALL,LARGE, was 'weak'");
    }

    @Test
    void aModelIsNoPairWithItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak, weak", 1, 1, TIMEOUT, 0, Map.of()))
                .withMessageStartingWith("pair: must be two different models");
    }
}
