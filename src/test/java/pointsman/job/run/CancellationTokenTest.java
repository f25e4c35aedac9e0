package pointsman.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CancellationTokenTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean runs = new AtomicBoolean(true);
    private final AtomicInteger asked = new AtomicInteger();
    private final CancellationToken pulse = new CancellationToken(
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

    @Test
    void theStoreIsAskedAtOnceWhereThatIsWanted() {
        runs.set(false);

        assertThat(pulse.isRunningNow()).isFalse();
        assertThat(pulse.isRunning()).isFalse();
    }

    @Test
    void whoPausesWakesAtTheEnd() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var lanes = IntStream.range(0, 20)
                    .mapToObj(_ -> threads.submit(() -> pulse.pause(Duration.ofHours(1))))
                    .toList();

            pulse.end();

            for (var lane : lanes) {
                assertThat(lane.get(10, TimeUnit.SECONDS)).isFalse();
            }
        }
    }

    @Test
    void aPauseWithoutAnEndLasts() throws Exception {
        assertThat(pulse.pause(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void whatHasEndedStaysSo() throws Exception {
        pulse.end();
        nanos.addAndGet(1_000_000_000);

        assertThat(pulse.isRunning()).isFalse();
        assertThat(pulse.pause(Duration.ofHours(1))).isFalse();
    }
}
