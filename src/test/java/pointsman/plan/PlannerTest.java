package pointsman.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import pointsman.tokens.TokenCounter;

class PlannerTest {
    private static final PlanOptions PER_ROW =
            PlanOptions.DEFAULT.withOrders(PlanOptions.Orders.PER_ROW).withSteps(20_000);

    private final Planner planner = new Planner(TokenCounter.bytes());

    @Property(tries = 150)
    void aPlanHasEveryRowOnceAndEveryFieldOnce(
            @ForAll long seed, @ForAll @IntRange(max = 60) int rows, @ForAll @IntRange(min = 1, max = 8) int columns) {
        var table = Tables.random(seed, rows, columns, 3);

        var ordering = planner.plan(table, PER_ROW).ordering();

        assertThat(IntStream.range(0, rows).map(ordering::row).toArray())
                .containsExactlyInAnyOrder(Ordering.identity(rows));
        for (int position = 0; position < rows; position++) {
            assertThat(ordering.fields(position)).containsExactlyInAnyOrder(Ordering.identity(columns));
        }
    }

    @Property(tries = 150)
    void aPlanIsNeverWorseThanWhatItIsComparedWith(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 80) int rows,
            @ForAll @IntRange(min = 1, max = 7) int columns,
            @ForAll @IntRange(min = 1, max = 9) int values) {
        var table = Tables.random(seed, rows, columns, values);

        var plan = planner.plan(table, PER_ROW);

        assertThat(plan.hits())
                .isEqualTo(plan.candidates().stream()
                        .mapToLong(Plan.Candidate::hits)
                        .max()
                        .orElse(-1));
        assertThat(plan.candidates())
                .extracting(Plan.Candidate::name)
                .contains("given order", "rows sorted", "best fixed order", "GGR", "tree search");
    }

    @Property(tries = 60)
    void aPlanIsNeverWorseThanOphr(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 8) int rows,
            @ForAll @IntRange(min = 1, max = 4) int columns) {
        var cells = Tables.unitCells(Tables.random(seed, rows, columns, 3));

        assertThat(planned(cells)).isGreaterThanOrEqualTo(BruteForce.ophr(cells));
    }

    @Test
    void itFindsTheOptimumOfNearlyAllSmallTables() {
        int tables = 400;

        long equal = IntStream.range(0, tables)
                .parallel()
                .mapToObj(seed -> Tables.unitCells(Tables.random(seed, 6, 3, 3)))
                .filter(cells -> planned(cells) == BruteForce.hits(cells))
                .count();

        assertThat(equal).isGreaterThanOrEqualTo(tables * 99 / 100);
    }

    @Test
    void itBeatsOphrWhereNotAllRowsOfAValueBelongTogether() {
        var cells = Tables.unitCells(Tables.of(
                row("v", "1", "x"),
                row("v", "2", "z"),
                row("v", "3", "z"),
                row("v", "u", "x"),
                row("v", "u", "y"),
                row("4", "u", "y"),
                row("5", "u", "w"),
                row("6", "u", "w")));

        assertThat(BruteForce.ophr(cells)).isEqualTo(9);
        assertThat(BruteForce.hits(cells)).isEqualTo(10);
        assertThat(planned(cells)).isEqualTo(10);
    }

    @Test
    void oneFixedOrderIsTheDefault() {
        var plan = planner.plan(Tables.random(1, 200, 5, 4), PlanOptions.DEFAULT);

        assertThat(plan.ordering().fieldOrders()).isEqualTo(1);
    }

    @Test
    void equalStepsAndSeedsGiveEqualPlans() {
        var table = Tables.random(3, 300, 6, 5);

        var first = planner.plan(table, PER_ROW).ordering();
        var second = planner.plan(table, PER_ROW).ordering();

        for (int position = 0; position < first.size(); position++) {
            assertThat(second.row(position)).isEqualTo(first.row(position));
            assertThat(second.fields(position)).isEqualTo(first.fields(position));
        }
    }

    @Test
    void aSearchThatHasConvergedEndsLongBeforeItsBudget() {
        var plan = planner.plan(Tables.random(2, 12, 5, 3), PER_ROW.withSteps(Long.MAX_VALUE));

        assertThat(plan.hits()).isPositive();
    }

    @Test
    void aLargeTableIsSearchedInPiecesThatMakeOnePlan() {
        var cells = Tables.cells(Tables.random(4, 12_000, 5, 30), TokenCounter.bytes());
        var start = new FixedOrder().solve(cells);
        var budget = new SearchBudget(3_000_000, Long.MAX_VALUE);

        var first = new PieceSearch(start, budget, 1).solve(cells);
        var second = new PieceSearch(start, budget, 1).solve(cells);

        assertThat(first.rows()).isEqualTo(second.rows()).containsExactlyInAnyOrder(Ordering.identity(12_000));
        assertThat(new HitCount(cells).hits(first)).isGreaterThan(new HitCount(cells).hits(start));
    }

    @Test
    void moreStepsNeverSaveLess() {
        var table = Tables.random(5, 400, 7, 6);

        long few = planner.plan(table, PER_ROW.withSteps(0)).hits();
        long some = planner.plan(table, PER_ROW.withSteps(200_000)).hits();
        long many = planner.plan(table, PER_ROW.withSteps(2_000_000)).hits();

        assertThat(some).isGreaterThan(few);
        assertThat(many).isGreaterThan(some);
    }

    @Test
    void aPlantedHierarchyIsFound() {
        var table = Tables.of(240, 3, (row, column) -> switch (column) {
            case 0 -> row;
            case 1 -> row % 60;
            default -> row % 12;
        });

        var plan = planner.plan(table, PlanOptions.DEFAULT);

        assertThat(plan.ordering().fields(0)).containsExactly(2, 1, 0);
    }

    @Test
    void whatDependsOnAColumnFollowsIt() {
        var table = Tables.of(100, 3, (row, column) -> column == 1 ? row : row % 10 + column * 100);

        var plan = planner.plan(table, PER_ROW);

        assertThat(plan.ordering().fields(50)[2]).isEqualTo(1);
    }

    @Test
    void interchangeableColumnsShareWhatTheyHoldInAnyOrder() {
        var table = Tables.of(row("p", "q", "r"), row("q", "r", "p"), row("r", "p", "q"));

        var apart = planner.plan(table, PER_ROW);
        var asSet = planner.plan(table, PER_ROW.withSets(List.of(List.of("a", "b", "c"))));

        assertThat(apart.hits()).isLessThan(asSet.hits());
        assertThat(asSet.shared(1)).isEqualTo(asSet.shared(2)).isEqualTo(asSet.tokens() / 3);
    }

    @Test
    void aValueTwiceInASetIsCountedTwice() {
        var table = Tables.of(row("p", "p"), row("p", "q"), row("p", "p"));

        var plan = planner.plan(table, PER_ROW.withSets(List.of(List.of("a", "b"))));

        assertThat(IntStream.range(0, 3).map(plan::shared).max()).hasValue((int) plan.tokens() / 3);
    }

    @Test
    void tablesWithNothingToOrderArePlannedToo() {
        assertThat(planner.plan(Tables.of(0, 3, (_, _) -> 0), PER_ROW)
                        .ordering()
                        .size())
                .isZero();
        assertThat(planner.plan(Tables.of(1, 3, (_, _) -> 0), PER_ROW).hits()).isZero();
        assertThat(planner.plan(Tables.of(50, 2, (row, column) -> row * 2 + column), PER_ROW)
                        .ordering()
                        .size())
                .isEqualTo(50);
    }

    @Test
    void equalRowsHitWholly() {
        var plan = planner.plan(Tables.of(50, 4, (_, column) -> column), PER_ROW);

        assertThat(plan.hits()).isEqualTo(plan.tokens() / 50 * 49);
    }

    @Test
    void twoThousandColumnsArePlanned() {
        var plan = planner.plan(Tables.of(30, 2_000, (row, column) -> row % (2 + column % 5)), PER_ROW);

        assertThat(plan.hits()).isGreaterThan(plan.given().hits());
    }

    @Test
    void aHugeCellIsPlanned() {
        var huge = "x".repeat(10_000_000);
        var table = Tables.of(row("1", huge), row("2", "y"), row("3", huge));

        var plan = new Planner(TokenCounter.bytes()).plan(table, PER_ROW);

        assertThat(plan.hitRate()).isBetween(0.49, 0.51);
    }

    @Test
    void onlyTheChosenFieldsAreSent() {
        var plan = planner.plan(Tables.random(1, 20, 4, 2), PER_ROW.withFields(List.of("column3", "column1")));

        assertThat(plan.fields()).containsExactly("column3", "column1");
        assertThat(plan.ordering().fields(0)).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void aFieldThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> planner.plan(Tables.random(1, 2, 2, 2), PER_ROW.withFields(List.of("colour"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no column \"colour\"; the columns are column0, column1");
        assertThatThrownBy(() -> planner.plan(
                        Tables.random(1, 2, 2, 2), PER_ROW.withSets(List.of(List.of("column0", "colour")))))
                .hasMessageContaining("colour");
    }

    private static long planned(Cells cells) {
        return new Portfolio(cells, PER_ROW, Long.MAX_VALUE).plan().hits();
    }

    private static String[] row(String... cells) {
        return Arrays.copyOf(cells, cells.length);
    }
}
