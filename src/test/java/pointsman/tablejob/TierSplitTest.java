package pointsman.tablejob;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.Dialects;
import pointsman.dialect.ReadLimits;
import pointsman.job.Choosing;
import pointsman.job.Scoring;
import pointsman.job.Scoring.Watch;
import pointsman.route.Decision;
import pointsman.route.Grounds;
import pointsman.score.ScoreOutcome;
import pointsman.table.Table;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;
import tools.jackson.databind.json.JsonMapper;

/// Which tier answers each row of a table.
class TierSplitTest {
    private static final SampleRoutes ROUTES = SampleRoutes.of(
                    SampleModel.named("small").holding(1_000).model(),
                    SampleModel.named("large").model())
            .beside(SampleModel.named("embeddings").model())
            .alias("mine", "auto")
            .alias("cheap", "small");
    private static final TierPolicy THRESHOLD = new TierPolicy.Threshold(0.8);
    private static final Tenant TENANT = new Tenant("acme", THRESHOLD);

    private final Queue<String> scored = new ConcurrentLinkedQueue<>();
    private final TierSplit split = new TierSplit(
            new Choosing(ROUTES.router((text, _) -> completedFuture(score(text))), new Scoring(2)),
            new RowRequests(new Dialects(new ReadLimits(64, 100, 100))));

    @Test
    void aRowIsScoredByItsInstructionAndItsCells() throws Exception {
        var decisions = decide(input(3));

        assertThat(scored)
                .containsExactlyInAnyOrder(
                        "Is it good?\n\n{\"n\": \"easy 0\"}",
                        "Is it good?\n\n{\"n\": \"hard 1\"}",
                        "Is it good?\n\n{\"n\": \"easy 2\"}");
        assertThat(decisions).extracting(Grounds::model).containsExactly("small", "large", "small");
    }

    @Test
    void whatSmallCannotHoldIsNotScored() throws Exception {
        var table = Table.ofTexts(List.of("n"), List.of(List.of("easy " + "x".repeat(9_000))));

        var decisions = decide(TableInput.of(table, spec("auto")));

        assertThat(decisions).singleElement().isEqualTo(new Decision.Beyond("large", "too_long"));
        assertThat(scored).isEmpty();
    }

    @Test
    void wherePolicyIsTheSameForAllNoRowIsLookedAt() throws Exception {
        var pinned = new Tenant("acme", new TierPolicy.Pinned("large"));

        var decisions = split.decide(input(3), pinned, Watch.NONE).orElseThrow();

        assertThat(decisions).hasSize(3).containsOnly(new Decision.Pinned("large", TierPolicy.By.TENANT));
        assertThat(scored).isEmpty();
    }

    @Test
    void aSampleGivesTheSharesOfTheTiers() throws Exception {
        var shares = split.shares(input(100), TENANT, 10);

        assertThat(scored).hasSize(10);
        assertThat(shares.keySet()).extracting(Grounds::model).containsExactly("small");
    }

    @Test
    void aWishIsSettledWhenTheJobIsTaken() {
        assertThat(split.settle(TENANT, spec("auto")).ownPolicy()).contains(THRESHOLD);
        assertThat(split.settle(TENANT, spec("mine")).ownPolicy()).contains(THRESHOLD);
        assertThat(split.settle(TENANT, spec("cheap")).ownPolicy())
                .contains(new TierPolicy.Pinned("small", TierPolicy.By.MODEL));
    }

    @Test
    void whatNobodyCanAnswerIsRefusedAtOnce() {
        var narrow = new Tenant("acme", THRESHOLD, Set.of("small"), "auto", false, Tenant.Targets.ANY);

        assertThatThrownBy(() -> split.settle(TENANT, spec("nobody"))).hasMessageContaining("nobody");
        assertThatThrownBy(() -> split.settle(narrow, spec("large"))).hasMessageContaining("large");
        assertThatThrownBy(() -> split.settle(TENANT, spec("embeddings"))).hasMessageContaining("embeddings");
    }

    private List<Grounds> decide(TableInput input) throws InterruptedException {
        return split.decide(input, TENANT, Watch.NONE).orElseThrow();
    }

    private ScoreOutcome score(String text) {
        scored.add(text);
        return new ScoreOutcome.Scored(List.of(text.contains("easy") ? 0.9 : 0.1));
    }

    /// Every other row is hard.
    private static TableInput input(int rows) {
        var cells = IntStream.range(0, rows)
                .mapToObj(row -> List.of((row % 2 == 0 ? "easy " : "hard ") + row))
                .toList();
        return TableInput.of(Table.ofTexts(List.of("n"), cells), spec("auto"));
    }

    private static TableSpec spec(String model) {
        var json = "{\"instruction\": \"Is it good?\", \"model\": \"%s\"}".formatted(model);
        return TableSpecJson.read(JsonMapper.shared().readTree(json), 8);
    }
}
