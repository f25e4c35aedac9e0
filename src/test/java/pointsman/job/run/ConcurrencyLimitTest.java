package pointsman.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import pointsman.testing.Eventually;

class ConcurrencyLimitTest {
    private final ConcurrencyLimit pace = new ConcurrencyLimit(4);

    @Test
    void aRefusalHalvesWhatMayBeUnderWayAndAnswersRaiseItAgain() throws Exception {
        var one = pace.enter(() -> true).orElseThrow();
        var other = pace.enter(() -> true).orElseThrow();

        pace.leave(one, ConcurrencyLimit.Ending.REFUSED);
        int refused = pace.limit();
        pace.leave(other, ConcurrencyLimit.Ending.REFUSED);
        int refusedTogether = pace.limit();
        for (int answers = 0; answers < 3; answers++) {
            pace.leave(pace.enter(() -> true).orElseThrow(), ConcurrencyLimit.Ending.ANSWERED);
        }

        assertThat(refused).isEqualTo(2);
        assertThat(refusedTogether).isEqualTo(2);
        assertThat(pace.limit()).isEqualTo(3);
    }

    @Test
    void aPlaceThatComesFreeIsTaken() throws Exception {
        var full = new ConcurrencyLimit(1);
        var ticket = full.enter(() -> true).orElseThrow();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> full.enter(() -> true));
            full.leave(ticket, ConcurrencyLimit.Ending.ANSWERED);

            assertThat(waiting.get(10, TimeUnit.SECONDS)).isPresent();
        }
    }

    @Test
    void aPlaceThatIsNotWantedAnyMoreIsNotWaitedFor() throws Exception {
        var full = new ConcurrencyLimit(1);
        var isWanted = new AtomicBoolean(true);
        var asked = new AtomicBoolean();
        assertThat(full.enter(() -> true)).isPresent();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> full.enter(() -> {
                asked.set(true);
                return isWanted.get();
            }));
            Eventually.holds("it waits", Duration.ofSeconds(10), asked::get);
            isWanted.set(false);

            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }
}
