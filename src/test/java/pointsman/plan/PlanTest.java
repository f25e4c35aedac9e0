package pointsman.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import pointsman.cache.CacheRule;
import pointsman.cache.Prediction;
import pointsman.tokens.TokenCounter;

class PlanTest {
    private static final CacheRule EVERY_TOKEN = new CacheRule(0, 1);
    private static final CacheRule BLOCKS_OF_16 = new CacheRule(0, 16);
    private static final CacheRule FROM_1024_BY_128 = new CacheRule(1024, 128);

    @Test
    void hitsCountEqualLeadingCellsAndTheKeyOfTheFirstThatDiffers() {
        var cells = Tables.cells(
                Tables.of(new String[][] {{"x", "1"}, {"x", "2"}}), text -> text.endsWith(": \"") ? 10 : 3);

        var plan = new Plan(cells, Ordering.given(2, 2), List.of());

        assertThat(plan.shared(1)).isEqualTo(10 + 3 + 10);
        assertThat(plan.tokens()).isEqualTo(4 * 13);
    }

    @Test
    void providersCountWholeStepsBeyondTheirMinimum() {
        var cells = Tables.cells(Tables.of(3, 2, (_, column) -> column), _ -> 50);
        var plan = new Plan(cells, Ordering.given(3, 2), List.of());

        assertThat(plan.predict(EVERY_TOKEN, 2, 7)).isEqualTo(new Prediction(3, 621, 414, 207));
        assertThat(plan.predict(BLOCKS_OF_16, 2, 7)).isEqualTo(new Prediction(3, 621, 384, 192));
        assertThat(plan.predict(FROM_1024_BY_128, 2, 7)).isEqualTo(new Prediction(3, 621, 0, 0));
        assertThat(plan.predict(FROM_1024_BY_128, 2, 900)).isEqualTo(new Prediction(3, 3300, 2048, 1024));
    }

    @Test
    void aCacheMayHaveToSeeABeginningTwiceFirst() {
        var cells = Tables.cells(Tables.of(4, 2, (row, column) -> column == 0 ? row / 2 : row), _ -> 50);
        var plan = new Plan(cells, Ordering.given(4, 2), List.of());

        assertThat(plan.predict(EVERY_TOKEN, 2, 0).hits()).isEqualTo(150 + 50 + 150);
        assertThat(plan.predict(EVERY_TOKEN, 3, 0).hits()).isEqualTo(50 + 50);
    }

    /// 7 tokens of instruction, 100 of the first cell, its key and the next key 50 each.
    @Test
    void whereOnlyMarksAreKeptThoseAreSetThatPay() {
        var cells = Tables.cells(
                Tables.of(5, 2, (row, column) -> column == 0 ? row / 3 : row),
                text -> text.endsWith(": \"") ? 50 : 100);
        var plan = new Plan(cells, Ordering.given(5, 2), List.of());

        assertThat(plan.predictMarked(EVERY_TOKEN, 1.1, 7))
                .isEqualTo(new Prediction(5, 1535, 4 * 57 + (2 + 1) * 150, 57 + 2 * 150));
        assertThat(plan.predictMarked(EVERY_TOKEN, 2.1, 7))
                .isEqualTo(new Prediction(5, 1535, 4 * 57 + 2 * 150, 57 + 150));
        assertThat(plan.predictMarked(new CacheRule(100, 1), 1.1, 7))
                .isEqualTo(new Prediction(5, 1535, (2 + 1) * 207, 2 * 207));
        assertThat(plan.predictMarked(new CacheRule(1000, 1), 1.1, 7)).isEqualTo(new Prediction(5, 1535, 0, 0));
    }

    @Property(tries = 100)
    void marksThatCostNothingKeepAllThatIsShared(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 40) int rows,
            @ForAll @IntRange(min = 0, max = 9) int start) {
        var cells = Tables.cells(Tables.random(seed, rows, 4, 2), TokenCounter.bytes());
        var plan = new Plan(cells, new SortedRows().solve(cells), List.of());

        assertThat(plan.predictMarked(EVERY_TOKEN, 0, start).hits())
                .isEqualTo(plan.predict(EVERY_TOKEN, 2, start).hits());
    }

    /// What a cache of every earlier prompt knows does not depend on the order of the rows.
    @Property(tries = 100)
    void theGivenFieldsHitWhatAnyEarlierRowHasTheSame(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int rows) {
        var cells = Tables.unitCells(Tables.random(seed, rows, 4, 2));
        var given = new Plan(cells, Ordering.given(rows, 4), List.of());
        long known = 0;
        for (int row = 1; row < rows; row++) {
            int now = row;
            known += IntStream.range(0, row)
                    .map(before -> new HitCount(cells)
                            .shared(Ordering.fixed(new int[] {before, now}, Ordering.identity(4)), 1))
                    .max()
                    .orElse(0);
        }

        assertThat(given.givenFields().hits()).isEqualTo(known);
    }

    @Property(tries = 100)
    void theHitsOfTheFieldsAddUp(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
        var cells = Tables.cells(Tables.random(seed, rows, 4, 2), TokenCounter.bytes());

        var plan = new Plan(cells, new SortedRows().solve(cells), List.of());

        assertThat(plan.hitsByField().stream().mapToLong(Plan.Candidate::hits).sum())
                .isEqualTo(plan.hits());
    }

    @Property(tries = 100)
    void anOrderOfAllRowsIsCountedByColumnAsItIsByRow(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int rows, @ForAll boolean sorted) {
        var cells = Tables.cells(Tables.random(seed, rows, 4, 2), TokenCounter.bytes());
        var ordering = sorted ? new ColumnStatistics().solve(cells) : Ordering.given(rows, 4);
        var judge = new HitCount(cells);

        assertThat(judge.hits(ordering))
                .isEqualTo(IntStream.range(0, rows)
                        .mapToLong(position -> judge.shared(ordering, position))
                        .sum());
    }

    @Property(tries = 60)
    void noPlanExceedsTheUpperBound(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int rows) {
        var table = Tables.random(seed, rows, 4, 3);

        var plan = new Planner(TokenCounter.bytes())
                .plan(
                        table,
                        PlanOptions.DEFAULT
                                .withOrders(PlanOptions.Orders.PER_ROW)
                                .withSteps(5_000));

        assertThat(plan.hitRate()).isLessThanOrEqualTo(plan.upperBound());
    }

    @Test
    void aLargeColumnOfSinglesIsWeighedFromASample() {
        var table = Tables.of(Weigher.COUNTED + 1_000, 1, (row, _) -> 100_000 + row);

        int[] sampled = new Weigher(TokenCounter.bytes()).values(table.column(0));

        assertThat(IntStream.of(sampled).distinct()).containsExactly(2);
    }
}
