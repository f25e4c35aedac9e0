package pointsman.score;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouterPropertiesTest {
    private static final Duration TIMEOUT = Duration.ofMillis(250);

    @Test
    void noThreadsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak,strong", 0, 1, TIMEOUT, 0))
                .withMessage("threads: must be 1 to 64, was 0");
    }

    @Test
    void anEmptyQueueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak,strong", 1, 0, TIMEOUT, 0))
                .withMessage("queue: must be 1 to 1000000, was 0");
    }

    @Test
    void aNegativeCacheIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak,strong", 1, 1, TIMEOUT, -1))
                .withMessage("cache-entries: must be 0 to 10000000, was -1");
    }

    @Test
    void aTimeLimitOfHoursIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak,strong", 1, 1, Duration.ofHours(2), 0))
                .withMessage("timeout: must be 1ms to 1m, was PT2H");
    }

    @Test
    void aSingleNameIsNoPair() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak", 1, 1, TIMEOUT, 0))
                .withMessage("pair: must be SMALL,LARGE, was 'weak'");
    }

    @Test
    void aModelIsNoPairWithItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RouterProperties("", "weak, weak", 1, 1, TIMEOUT, 0))
                .withMessageStartingWith("pair: must be two different models");
    }
}
