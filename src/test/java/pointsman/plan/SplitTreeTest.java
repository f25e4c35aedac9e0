package pointsman.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import pointsman.tokens.TokenCounter;

class SplitTreeTest {
    private static final SearchBudget ENDLESS =
            new SearchBudget(Long.MAX_VALUE, System.nanoTime() + Long.MAX_VALUE / 2);

    @Property(tries = 200)
    void itSavesWhatTheNaiveRecursionSaves(
            @ForAll long seed,
            @ForAll @IntRange(max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll @IntRange(min = 1, max = 6) int values) {
        var cells = Tables.cells(
                Tables.random(seed, rows, columns, values),
                text -> text.length() * (int) (seed & 7) + text.hashCode() % 5 + 5);

        var ordering = new SplitTree(ENDLESS).solve(cells);

        assertThat(new HitCount(cells).hits(ordering)).isEqualTo(naive(cells, all(rows), all(columns)));
    }

    @Property(tries = 60)
    void itIsNeverWorseThanTheBestFixedOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 120) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns) {
        var cells = Tables.cells(Tables.random(seed, rows, columns, 5), TokenCounter.bytes());
        var judge = new HitCount(cells);

        long tree = judge.hits(new SplitTree(ENDLESS).solve(cells));

        assertThat(tree).isGreaterThanOrEqualTo(judge.hits(new FixedOrder().solve(cells)));
    }

    @Property(tries = 60)
    void aSpentBudgetStillOrdersEveryRowAndField(
            @ForAll long seed, @ForAll @IntRange(max = 200) int rows, @ForAll @IntRange(max = 3_000) int steps) {
        var cells = Tables.cells(Tables.random(seed, rows, 6, 4), TokenCounter.bytes());

        var ordering = new SplitTree(new SearchBudget(steps, System.nanoTime() + Long.MAX_VALUE / 2)).solve(cells);

        assertThat(IntStream.range(0, rows).map(ordering::row).toArray())
                .containsExactlyInAnyOrder(Ordering.identity(rows));
        assertThat(IntStream.range(0, rows).mapToObj(ordering::fields))
                .allSatisfy(fields -> assertThat(fields).containsExactlyInAnyOrder(Ordering.identity(6)));
    }

    @Test
    void groupsChooseTheirOwnNextColumn() {
        var cells = Tables.unitCells(Tables.of(
                new String[] {"x", "p", "1"},
                new String[] {"x", "p", "2"},
                new String[] {"x", "p", "3"},
                new String[] {"y", "4", "q"},
                new String[] {"y", "5", "q"},
                new String[] {"y", "6", "q"}));

        var ordering = new SplitTree(ENDLESS).solve(cells);

        assertThat(new HitCount(cells).hits(ordering)).isEqualTo(8);
        assertThat(new HitCount(cells).hits(new FixedOrder().solve(cells))).isEqualTo(6);
    }

    @Test
    void columnsThatDecideNothingAreNoChoice() {
        var cells = Tables.cells(
                Tables.of(100, 5, (row, column) -> switch (column) {
                    case 0 -> 7;
                    case 1 -> row;
                    case 2 -> row % 10;
                    case 3 -> 50 - row % 10;
                    default -> row / 25;
                }),
                TokenCounter.bytes());

        assertThat(SplitTree.choices(cells)).containsExactlyInAnyOrder(2, 4);
    }

    private static long naive(Cells cells, List<Integer> rows, List<Integer> columns) {
        if (rows.size() < 2) {
            return 0;
        }
        return columns.stream()
                .mapToLong(column -> {
                    var left = columns.stream()
                            .filter(other -> !other.equals(column))
                            .toList();
                    var groups = rows.stream().collect(Collectors.groupingBy(row -> cells.codes()[column][row]));
                    return (rows.size() - 1L) * cells.key(column)
                            + groups.values().stream()
                                    .mapToLong(group -> (group.size() - 1L) * cells.value(column, group.getFirst())
                                            + naive(cells, group, left))
                                    .sum();
                })
                .max()
                .orElse(0);
    }

    private static List<Integer> all(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
