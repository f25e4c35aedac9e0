package pointsman.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import pointsman.tokens.TokenCounter;

class PrefixTreeTest {
    @Property(tries = 200)
    void itsOrderingHitsWhatTheTreeSaves(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int rows,
            @ForAll @IntRange(min = 1, max = 8) int columns) {
        var cells = Tables.cells(Tables.random(seed, rows, columns, 4), TokenCounter.bytes());
        var tree = TreeBuilder.tree(cells, Ordering.given(rows, columns));
        new RuinAndRecreate(tree, new PlaceSearch(tree), new SearchBudget(5_000, Long.MAX_VALUE), seed).run();

        var ordering = new TreeOrdering(tree, cells).ordering();

        assertThat(new HitCount(cells).hits(ordering)).isGreaterThanOrEqualTo(tree.saved());
    }

    @Property(tries = 100)
    void withASetTheTreeIsRightButForKeysOfTheLastColumns(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int rows) {
        var table = Tables.random(seed, rows, 5, 6);
        var cells = Tables.cells(table, TokenCounter.bytes(), "column1", "column2", "column3");
        var tree = TreeBuilder.tree(cells, Ordering.given(rows, 5));
        new RuinAndRecreate(tree, new PlaceSearch(tree), new SearchBudget(5_000, Long.MAX_VALUE), seed).run();

        var ordering = new TreeOrdering(tree, cells).ordering();

        assertThat((double) new HitCount(cells).hits(ordering)).isCloseTo((double) tree.saved(), within(3.0 * rows));
    }

    @Property(tries = 100)
    void undoBringsEverythingBack(@ForAll long seed, @ForAll @IntRange(min = 4, max = 60) int rows) {
        var cells = Tables.cells(Tables.random(seed, rows, 5, 3), TokenCounter.bytes());
        var tree = TreeBuilder.tree(cells, Ordering.given(rows, 5));
        var search = new PlaceSearch(tree);
        var random = new Random(seed);
        long saved = tree.saved();

        tree.journal().begin();
        for (int i = 0; i < 20; i++) {
            int row = random.nextInt(rows);
            int[] core = tree.core(row);
            tree.remove(row);
            search.find(row, core, tree.root());
            search.insert(row, core);
        }
        tree.undo();

        assertThat(tree.saved()).isEqualTo(saved);
        assertThat(new HitCount(cells).hits(new TreeOrdering(tree, cells).ordering()))
                .isGreaterThanOrEqualTo(saved);
    }

    @Property(tries = 100)
    void aRowIsPutWhereItSavesMost(@ForAll long seed, @ForAll @IntRange(min = 3, max = 12) int rows) {
        var cells = Tables.unitCells(Tables.random(seed, rows, 4, 3));
        var tree = TreeBuilder.tree(cells, Ordering.given(rows, 4));
        var search = new PlaceSearch(tree);
        int[] core = tree.core(0);
        tree.remove(0);
        long without = tree.saved();

        long found = search.find(0, core, tree.root());
        search.insert(0, core);

        assertThat(tree.saved() - without).isEqualTo(found);
    }
}
