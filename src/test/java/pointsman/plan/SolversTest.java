package pointsman.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import pointsman.tokens.TokenCounter;

class SolversTest {
    @Property(tries = 60)
    void theFixedOrderIsTheBestOfAllPermutations(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 5) int columns) {
        var cells = Tables.cells(Tables.random(seed, rows, columns, 3), TokenCounter.bytes());
        var judge = new HitCount(cells);

        long found = judge.hits(new FixedOrder().solve(cells));

        long best = LongStream.range(0, 120)
                .mapToObj(number -> BruteForce.permutation(columns, number))
                .mapToLong(order -> judge.hits(Ordering.fixed(RowSort.sorted(cells, order), order)))
                .max()
                .orElseThrow();
        assertThat(found).isEqualTo(best);
    }

    @Property(tries = 100)
    void ggrTakesTheSameGroupsAsANaiveGgr(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 5) int columns) {
        var cells = Tables.cells(Tables.random(seed, rows, columns, 4), text -> text.length() * text.length() % 7 + 1);

        var ordering = new Ggr(Ggr.Stop.NEVER, Ggr.Lengths.SQUARED).solve(cells);

        assertThat(new HitCount(cells).hits(ordering)).isEqualTo(new HitCount(cells).hits(NaiveGgr.solve(cells)));
    }

    @Test
    void theEarlyStopOrdersEveryRowToo() {
        var cells = Tables.cells(Tables.random(1, 500, 6, 5), TokenCounter.bytes());

        var ordering = new Ggr(Ggr.Stop.PAPER, Ggr.Lengths.SQUARED).solve(cells);

        assertThat(ordering.rows()).containsExactlyInAnyOrder(Ordering.identity(500));
        assertThat(new HitCount(cells).hits(ordering)).isPositive();
    }

    @Test
    void dependenciesAreFoundInTheData() {
        var cells = Tables.cells(Tables.of(60, 3, (row, column) -> row / (column * 5 + 1)), TokenCounter.bytes());

        var implied = Dependencies.of(cells).implied();

        assertThat(implied[1]).isEmpty();
        assertThat(implied[2]).isEmpty();
        var coarser = Dependencies.of(Tables.cells(
                Tables.of(60, 2, (row, column) -> row % 12 / (column * 3 + 1)), TokenCounter.bytes()));
        assertThat(coarser.implied()[0]).containsExactly(1);
    }

    @Property(tries = 100)
    void sortingBringsEqualBeginningsTogether(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int rows) {
        var cells = Tables.unitCells(Tables.random(seed, rows, 4, 3));
        int[] order = {2, 0, 3, 1};

        int[] sorted = RowSort.sorted(cells, order);

        long distinct = LongStream.rangeClosed(1, 4)
                .map(length -> LongStream.of(java.util.Arrays.stream(sorted)
                                .mapToLong(row -> prefix(cells, order, row, (int) length))
                                .toArray())
                        .distinct()
                        .count())
                .sum();
        assertThat(new HitCount(cells).hits(Ordering.fixed(sorted, order))).isEqualTo(4L * rows - distinct);
    }

    private static long prefix(Cells cells, int[] order, int row, int length) {
        long code = 0;
        for (int i = 0; i < length; i++) {
            code = code * 100 + cells.codes()[order[i]][row] + 1;
        }
        return code;
    }
}
