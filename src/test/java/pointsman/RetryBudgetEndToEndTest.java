package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import pointsman.testing.Chat;
import pointsman.testing.Gateway;
import pointsman.testing.SharedGateway;

/// A load of failures is not multiplied by trying again.
class RetryBudgetEndToEndTest {
    private static final Gateway GATEWAY = SharedGateway.TIGHT.get();

    @Test
    void retriesDoNotMultiplyALoadOfFailures() throws Exception {
        var start = System.nanoTime();
        for (var i = 0; i < 200; i++) {
            GATEWAY.client().chat(Chat.ask("small", Chat.mode("status:500") + i));
        }
        var floor = 10 * (2 + Duration.ofNanos(System.nanoTime() - start).toSeconds());

        assertThat(GATEWAY.small().calls().size()).isLessThanOrEqualTo((int) (240 + floor));
    }
}
