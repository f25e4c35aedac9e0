package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.KillRun;

/// A gateway that is killed in the middle of a job.
@Timeout(240)
class KilledGatewayTest {
    @Test
    void nothingIsLostDoubledCrossedOrPaidForTwice() throws Exception {
        var outcome = KillRun.run(300, 2);

        assertThat(outcome.answered()).isEqualTo(300);
        assertThat(outcome.extraCalls()).isLessThanOrEqualTo(outcome.inFlight());
    }
}
