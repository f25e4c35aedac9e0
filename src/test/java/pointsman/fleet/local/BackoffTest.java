package pointsman.fleet.local;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Samples.supervision());

    @Test
    void pausesDoubleUpToTheLongest() {
        var pauses =
                Stream.generate(() -> backoff.after(Duration.ZERO)).limit(6).toList();

        assertThat(pauses)
                .containsExactly(
                        ofMillis(50), ofMillis(100), ofMillis(200), ofMillis(400), ofMillis(400), ofMillis(400));
    }

    @Test
    void howeverOftenItIsRestartedThePauseIsTheLongest() {
        var pauses = Stream.generate(() -> backoff.after(Duration.ZERO)).limit(10_000);

        assertThat(pauses.skip(3).distinct()).containsExactly(ofMillis(400));
    }

    @Test
    void aLifeThatLastedMakesThePauseShortAgain() {
        backoff.after(Duration.ZERO);
        backoff.after(Duration.ZERO);

        assertThat(backoff.after(Duration.ofMinutes(1))).isEqualTo(ofMillis(50));
        assertThat(backoff.after(Duration.ofSeconds(59))).isEqualTo(ofMillis(100));
    }
}
