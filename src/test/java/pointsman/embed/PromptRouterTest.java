package pointsman.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.route.Decision;
import pointsman.score.ModelPair;
import pointsman.score.RouterModel;
import pointsman.testing.Chat;

class PromptRouterTest {
    private static final String SMALL = "Meta-Llama-3.1-8B-Instruct", LARGE = "gpt-4o-2024-05-13";
    private static final String FRANCE = "What is the capital of France?";

    @AutoClose
    private static final PromptRouter ROUTER = PromptRouter.open(List.of(SMALL, LARGE), 0.8);

    @Test
    void aKnownTextHasTheScoreThatItHasInTheGateway() {
        var decision = ROUTER.choose(FRANCE);

        assertThat(decision.model()).isEqualTo(SMALL);
        assertThat(decision.reason()).isEqualTo("score_at_or_above_threshold");
        assertThat(decision.score().orElseThrow()).isEqualTo(0.8976, within(0.00005));
        assertThat(decision.threshold()).hasValue(0.8);
    }

    @ParameterizedTest
    @ValueSource(strings = {FRANCE, Chat.EASY, Chat.HARD, "Straße 🚄 日本"})
    void theScoreIsThatOfTheScorerToTheBit(String text) throws Exception {
        try (var scorer = RouterModel.load("").scorer(new ModelPair(SMALL, LARGE))) {
            assertThat(ROUTER.choose(text).score()).hasValue(scorer.scores(List.of(text))[0]);
        }
    }

    @Test
    void whatIsHardOrSaysNothingIsForTheLast() {
        assertThat(ROUTER.choose(Chat.HARD).reason()).isEqualTo("score_below_threshold");
        assertThat(ROUTER.choose(" ").reason()).isEqualTo("no_text");
        assertThat(List.of(ROUTER.choose(Chat.HARD), ROUTER.choose(" ")))
                .extracting(Decision::model)
                .containsOnly(LARGE);
    }

    @Test
    void ofThreeRungsEachMayAnswer() {
        var rungs = List.of("8B", "70B", LARGE);

        assertThat(chosen(rungs, 0, 0)).isEqualTo("8B");
        assertThat(chosen(rungs, 1, 0)).isEqualTo("70B");
        assertThat(chosen(rungs, 1, 1)).isEqualTo(LARGE);
    }

    private static String chosen(List<String> rungs, double... thresholds) {
        try (var router = PromptRouter.open(rungs, thresholds)) {
            return router.choose(FRANCE).model();
        }
    }

    @Test
    void manyThreadsGetTheSameDecisions() throws Exception {
        var alone = ROUTER.choose(FRANCE);

        try (var threads = Executors.newFixedThreadPool(4)) {
            var decisions = threads.invokeAll(IntStream.range(0, 40)
                    .mapToObj(_ -> (Callable<Decision>) () -> ROUTER.choose(FRANCE))
                    .toList());
            for (var decision : decisions) {
                assertThat(decision.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void aClosedRouterSaysSo() {
        var router = PromptRouter.open(List.of(SMALL, LARGE), 0.8);

        router.close();
        router.close();

        assertThatThrownBy(() -> router.choose(FRANCE)).hasMessageContaining("closed");
    }

    @Test
    void whatTheRouterDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> PromptRouter.open(List.of("nobody", LARGE), 0.8))
                .hasMessageContaining("unknown model 'nobody'");
        assertThatThrownBy(() -> PromptRouter.open(List.of(LARGE), 0.8)).hasMessageContaining("2 to 16");
        assertThatThrownBy(() -> PromptRouter.open(List.of("8B", "8B", LARGE), 0.8))
                .hasMessageContaining("stands twice");
        assertThatThrownBy(() -> PromptRouter.open(List.of("8B", LARGE))).hasMessageContaining("thresholds");
        assertThatThrownBy(() -> PromptRouter.open(List.of("8B", LARGE), 1.5)).hasMessageContaining("0 to 1");
    }
}
