package pointsman.fleet.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HedgeBudgetTest {
    @Test
    void theFirstCallMayHaveASecond() {
        var budget = new HedgeBudget(5);

        assertThat(taken(budget)).isEqualTo(1);
    }

    @Test
    void everyTwentiethCallEarnsOne() {
        var budget = new HedgeBudget(5);
        taken(budget);

        IntStream.range(0, 60).forEach(_ -> budget.earn());

        assertThat(taken(budget)).isEqualTo(3);
    }

    @Test
    void tenAreSavedUpAtMost() {
        var budget = new HedgeBudget(5);

        IntStream.range(0, 10_000).forEach(_ -> budget.earn());

        assertThat(taken(budget)).isEqualTo(10);
    }

    @Test
    void withoutAShareThereIsNone() {
        var budget = new HedgeBudget(0);

        budget.earn();

        assertThat(taken(budget)).isZero();
    }

    @Property
    void secondCallsStayAShareWhateverTheOrder(
            @ForAll @IntRange(min = 1, max = 100) int percent, @ForAll @Size(max = 500) List<Boolean> isFirst) {
        var budget = new HedgeBudget(percent);

        var firsts = 0;
        var seconds = 0;
        for (var first : isFirst) {
            if (first) {
                budget.earn();
                firsts++;
            } else if (budget.take()) {
                seconds++;
            }
        }

        assertThat(seconds).isLessThanOrEqualTo(1 + firsts * percent / 100);
    }

    private static int taken(HedgeBudget budget) {
        return (int) IntStream.range(0, 1_000).filter(_ -> budget.take()).count();
    }
}
