package pointsman.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean runs = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private final Pulse pulse = new Pulse(
            () -> {
                asked.incrementAndGet();
                return runs.get();
            },
            nanos::get);

    @Test
    void theStoreIsAskedTenTimesASecond() {
        for (int question = 0; question < 1_000; question++) {
            nanos.addAndGet(1_000_000);
            assertThat(pulse.isRunning()).isTrue();
        }

        assertThat(asked.get()).isEqualTo(11);
    }

    @Test
    void aStopIsNoticedWithinATenthOfASecond() {
        runs.set(false);
        var before = pulse.isRunning();
        nanos.addAndGet(100_000_000);

        assertThat(before).isTrue();
        assertThat(pulse.isRunning()).isFalse();
    }
}
