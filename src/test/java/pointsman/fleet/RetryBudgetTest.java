package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private long nanos;
    private final RetryBudget budget = new RetryBudget(new CallProperties.RetryBudget(20, 10), () -> nanos);

    @Test
    void aQuietGatewayMayRetryTenTimesASecond() {
        assertThat(taken(100)).isEqualTo(10);

        nanos += 1_000_000_000L;

        assertThat(taken(100)).isEqualTo(10);
    }

    @Test
    void everyFifthRequestEarnsOneRetry() {
        IntStream.range(0, 200).forEach(_ -> budget.earn());

        assertThat(taken(1_000)).isEqualTo(40);
    }

    @Test
    void nothingIsSavedUp() {
        IntStream.range(0, 10_000).forEach(_ -> budget.earn());
        nanos += 1_000_000_000L;

        assertThat(taken(1_000)).isEqualTo(10);
    }

    private int taken(int attempts) {
        return (int) IntStream.range(0, attempts).filter(_ -> budget.take()).count();
    }
}
