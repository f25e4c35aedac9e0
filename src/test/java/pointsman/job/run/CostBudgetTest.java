package pointsman.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Money that calls side by side share.
@Timeout(30)
class CostBudgetTest {
    private static final long MOST = 1_000;

    @Test
    void aCallThatWouldGoBeyondTheLimitIsNotMade() throws Exception {
        var purse = new CostBudget(MOST);

        assertThat(purse.reserve(1_001, () -> 0)).isEmpty();
        assertThat(purse.reserve(101, () -> 900)).isEmpty();
        assertThat(purse.reserve(100, () -> 900)).hasValue(100);
    }

    @Test
    void theDearestAnswerIsWhatTheNextOneMayCost() throws Exception {
        var purse = new CostBudget(MOST);

        purse.settle(purse.reserve(10, () -> 0).orElseThrow(), 400);

        assertThat(purse.reserve(10, () -> 400)).hasValue(400);
        assertThat(purse.next(500)).isEqualTo(500);
    }

    @Test
    void withoutALimitNothingIsSetAside() throws Exception {
        assertThat(new CostBudget(Long.MAX_VALUE).reserve(Long.MAX_VALUE, () -> Long.MAX_VALUE))
                .isEqualTo(OptionalLong.of(0));
    }

    /// While no answer costs more than was set aside for it, nothing is overspent, in whichever order
    /// calls end.
    @Property(tries = 500)
    void callsUnderWayNeverOverspend(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        var purse = new CostBudget(MOST);
        var underWay = new ArrayDeque<Long>();
        long spent = 0;
        for (int step = 0; step < 100; step++) {
            long sum = spent;
            if (!underWay.isEmpty() && (underWay.size() == 5 || random.nextBoolean())) {
                long reserve = underWay.remove();
                long cost = random.nextLong(reserve + 1);
                spent += cost;
                purse.settle(reserve, cost);
            } else if (sum + underWay.stream().mapToLong(one -> one).sum() + purse.next(50) <= MOST) {
                underWay.add(purse.reserve(random.nextLong(50), () -> sum).orElseThrow());
            }
        }

        assertThat(spent + underWay.stream().mapToLong(one -> one).sum()).isLessThanOrEqualTo(MOST);
    }

    @Test
    void aCallThatTurnsOutDearerIsMadeIfItStaysWithinTheLimit() throws Exception {
        var purse = new CostBudget(MOST);
        long first = purse.reserve(100, () -> 0).orElseThrow();
        long other = purse.reserve(500, () -> 0).orElseThrow();

        var tooMuch = purse.raise(first, 501, () -> 0);
        var enough = purse.raise(first, 500, () -> 0);
        purse.settle(enough.orElseThrow(), 0);
        purse.settle(other, 0);

        assertThat(tooMuch).isEmpty();
        assertThat(enough).hasValue(500);
        assertThat(purse.reserve(MOST, () -> 0)).hasValue(MOST);
    }

    @Test
    void fiftyLanesStopAtTheLimit() throws Exception {
        var purse = new CostBudget(MOST);
        var spent = new AtomicLong();
        try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int lane = 0; lane < 50; lane++) {
                var _ = lanes.submit(() -> {
                    for (var reserve = purse.reserve(7, spent::get); reserve.isPresent(); ) {
                        spent.addAndGet(7);
                        purse.settle(reserve.getAsLong(), 7);
                        reserve = purse.reserve(7, spent::get);
                    }
                    return null;
                });
            }
        }

        assertThat(spent.get()).isEqualTo(MOST / 7 * 7);
    }
}
