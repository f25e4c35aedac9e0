package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Eventually;
import pointsman.testing.FakeUpstream;
import pointsman.testing.GatewayProcess;
import pointsman.testing.Jobs;
import pointsman.testing.KillRun;

/// A gateway that is killed, or told to end, in the middle of a job.
@Timeout(240)
class KilledGatewayTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Test
    void nothingIsLostDoubledCrossedOrPaidForTwice() throws Exception {
        var outcome = KillRun.run(300, 2);

        assertThat(outcome.answered()).isEqualTo(300);
        assertThat(outcome.extraCalls()).isLessThanOrEqualTo(outcome.inFlight());
    }

    @Test
    void oneWhoseJobsWaitEndsSoonAfterItIsTold() throws Exception {
        try (var upstream = FakeUpstream.start();
                var gateway = GatewayProcess.of(upstream.baseUrl())) {
            gateway.awaitReady();
            gateway.create(Jobs.ask("small", "[[mode:429:60]] Odd?", Jobs.numbers(40), "{}"));
            gateway.create(Jobs.ask("large", "[[mode:status:503]] Odd?", Jobs.numbers(40), "{}"));
            Eventually.holds("lanes wait", LONGEST, () -> upstream.calls().size() >= 10);

            assertThat(gateway.end()).isLessThan(Duration.ofSeconds(15));
        }
    }
}
