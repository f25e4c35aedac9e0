package pointsman.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import pointsman.table.Table;
import pointsman.tokens.TokenCounter;

class DependenciesTest {
    private static final Table BEERS = Tables.named(
            List.of("beer", "style", "brewer"),
            new String[] {"Pils", "lager", "A"},
            new String[] {"Dubbel", "ale", "B"},
            new String[] {"Pils", "lager", "C"},
            new String[] {"Tripel", "ale", "B"});

    @Test
    void aDeclaredDependencyIsOneOfGgrs() {
        var plan = plan("beer->style");

        assertThat(plan.candidates()).extracting(Plan.Candidate::name).contains("GGR", "GGR, declared dependencies");
        assertThat(plan.hits()).isGreaterThan(plan.given().hits());
    }

    @Test
    void aDependencyThatTheDataBreaksIsAnErrorThatNamesTheRows() {
        assertThatThrownBy(() -> plan("beer->style,brewer"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the dependency beer->brewer does not hold: rows 0 and 2 (from 0) have equal cells in"
                        + " \"beer\" but not in \"brewer\"");
    }

    @Test
    void aDependencyOfAColumnThatIsNotSentIsAnError() {
        assertThatThrownBy(() -> plan("beer->colour"))
                .hasMessage("a dependency names the column \"colour\", which is not among [beer, style, brewer]");
    }

    @Test
    void aDependencyIsWrittenWithAnArrow() {
        assertThat(Dependency.parse("a -> b, c")).isEqualTo(new Dependency("a", List.of("b", "c")));

        assertThatThrownBy(() -> Dependency.parse("a=b")).hasMessage("a dependency is written a->b,c, not \"a=b\"");
        assertThatThrownBy(() -> Dependency.parse("a->b->c")).hasMessageContaining("a->b->c");
        assertThatThrownBy(() -> Dependency.parse("a->b,")).hasMessageContaining("one column and others");
        assertThatThrownBy(() -> Dependency.parse("a->a")).hasMessageContaining("one column and others");
    }

    @Property(tries = 100)
    void ggrWithDeclaredDependenciesTakesTheSameGroupsAsANaiveGgr(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int rows) {
        var random = Tables.random(seed, rows, 1, 12);
        var table = Tables.of(rows, 4, (row, column) -> {
            int value = Integer.parseInt(random.cell(row, 0).replace("\"", ""));
            return column == 3 ? row % 5 : value / (1 << column);
        });
        var cells = Tables.cells(table, text -> text.length() * text.length() % 7 + 1);
        var declared = Dependencies.declared(cells, List.of(Dependency.parse("column0->column2")));

        var ordering = new Ggr(Ggr.Stop.NEVER, Ggr.Lengths.SQUARED, _ -> declared).solve(cells);

        assertThat(new HitCount(cells).hits(ordering))
                .isEqualTo(new HitCount(cells).hits(NaiveGgr.solve(cells, declared)));
    }

    private static Plan plan(String... dependencies) {
        var options = PlanOptions.DEFAULT
                .withOrders(PlanOptions.Orders.PER_ROW)
                .withSteps(20_000)
                .withDependencies(
                        List.of(dependencies).stream().map(Dependency::parse).toList());
        return new Planner(TokenCounter.bytes()).plan(BEERS, options);
    }
}
