package pointsman.fleet.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
    private final AdaptiveLimit limit = new AdaptiveLimit(4, 100);

    @Test
    void itStartsAtTheMost() {
        assertThat(limit.limit()).isEqualTo(100);
        assertThat(limit.mayEnter(99)).isTrue();
        assertThat(limit.mayEnter(100)).isFalse();
    }

    @Test
    void aSteadyDeploymentKeepsTheMost() {
        asked(1_000, _ -> 200, 100);

        assertThat(limit.limit()).isEqualTo(100);
    }

    @Test
    void aDeploymentThatGetsSlowIsAskedLess() {
        asked(100, _ -> 200, 10);

        asked(100, _ -> 4_000, 100);

        assertThat(limit.limit()).isLessThan(30);
    }

    @Test
    void oneThatIsWellAgainGetsTheMostAgain() {
        asked(100, _ -> 200, 10);
        asked(100, _ -> 4_000, 100);

        asked(300, _ -> 200, 100);

        assertThat(limit.limit()).isEqualTo(100);
    }

    @Test
    void oneThatIsHardlyUsedStaysAsItIsWhenItIsFast() {
        asked(100, _ -> 200, 10);
        asked(100, _ -> 4_000, 100);
        var before = limit.limit();

        asked(300, _ -> 200, 1);

        assertThat(limit.limit()).isEqualTo(before);
    }

    @Test
    void itAlsoShrinksWhileHardlyUsed() {
        asked(100, _ -> 200, 10);

        asked(30, _ -> 4_000, 10);

        assertThat(limit.limit()).isLessThan(30);
    }

    @Test
    void aFewCallsAreNotWhatMakesItSlow() {
        asked(100, _ -> 200, 3);

        asked(100, _ -> 4_000, 3);

        assertThat(limit.limit()).isEqualTo(100);
    }

    @Test
    void theLimitSettlesAtWhatAQueueingDeploymentBears() {
        var capacity = 10;
        IntUnaryOperator queueing = inFlight -> 200 * Math.max(1, inFlight / capacity);
        asked(300, queueing, capacity);

        asked(60, queueing, 100);

        assertThat(limit.limit()).isBetween(capacity, 5 * capacity);
    }

    @Test
    void aSmallMostIsTheLeastToo() {
        var small = new AdaptiveLimit(4, 2);

        small.spoke(Duration.ZERO, 1);
        small.spoke(Duration.ofMinutes(1), 2);

        assertThat(small.limit()).isEqualTo(2);
    }

    @Property
    void itStaysWithinItsBounds(
            @ForAll @IntRange(min = 1, max = 500) int most,
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 100_000) Integer> millis,
            @ForAll @IntRange(min = 0, max = 500) int inFlight) {
        var bounded = new AdaptiveLimit(4, most);

        for (var time : millis) {
            var before = bounded.limit();
            bounded.spoke(Duration.ofMillis(time), inFlight);

            assertThat(bounded.limit()).isBetween(Math.min(4, most), most);
            if (inFlight < before / 2) {
                assertThat(bounded.limit()).as("not used").isLessThanOrEqualTo(before);
            }
        }
    }

    /// Calls one after the other, of which as many are in flight as are wanted and may be.
    private void asked(int calls, IntUnaryOperator millis, int wanted) {
        for (int call = 0; call < calls; call++) {
            var inFlight = Math.min(wanted, limit.limit());
            limit.spoke(Duration.ofMillis(millis.applyAsInt(inFlight)), inFlight);
        }
    }
}
