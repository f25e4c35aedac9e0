package pointsman.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import pointsman.tokens.TokenCounter;

class ArrangedSetsTest {
    private static final PlanOptions FIXED = PlanOptions.DEFAULT.withSets(List.of(List.of("column1", "column3")));

    @Property(tries = 100)
    void aFixedPlanHasTheSameKeysInEveryRowAndEveryFieldOnce(
            @ForAll long seed, @ForAll @IntRange(max = 60) int rows, @ForAll @IntRange(min = 1, max = 6) int values) {
        var ordering = new Planner(TokenCounter.bytes())
                .plan(Tables.random(seed, rows, 5, values), FIXED)
                .ordering();

        assertThat(IntStream.range(0, rows).map(ordering::row).toArray())
                .containsExactlyInAnyOrder(Ordering.identity(rows));
        for (int position = 0; position < rows; position++) {
            assertThat(ordering.fields(position)).containsExactlyInAnyOrder(Ordering.identity(5));
            assertThat(keys(ordering, position)).isEqualTo(keys(ordering, 0));
        }
    }

    @Test
    void aFixedPlanMovesTheValuesOfASet() {
        var table = Tables.of(60, 5, (row, column) -> switch (column) {
            case 1 -> row % 2 == 0 ? 7_777_777 : row;
            case 3 -> row % 2 == 0 ? row : 7_777_777;
            default -> row + 1_000 * column;
        });

        var plan = new Planner(TokenCounter.bytes()).plan(table, FIXED);

        var apart = new Planner(TokenCounter.bytes()).plan(table, FIXED.withSets(List.of()));
        assertThat(plan.hits()).isGreaterThan(apart.hits() * 4 / 3);
        assertThat(plan.candidates()).extracting(Plan.Candidate::name).contains("best fixed order, as sets");
        assertThat(apart.candidates()).extracting(Plan.Candidate::name).doesNotContain("best fixed order, as sets");
    }

    /// The keys of a row, where the columns of the set have the same.
    private static List<Integer> keys(Ordering ordering, int position) {
        return IntStream.of(ordering.fields(position))
                .mapToObj(field -> field == 3 ? 1 : field)
                .toList();
    }
}
