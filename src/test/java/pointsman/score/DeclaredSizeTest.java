package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclaredSizeTest {
    private static final List<String> MODELS =
            List.of("tiny-1B", "small-10B-chat", "gpt-4", "big-100b", "Mixtral-8x7B", "v0.1");

    @ParameterizedTest
    @CsvSource({"8B,8", "1.5b,1.5", "135M,0.135", "405B,405"})
    void aSizeIsRead(String name, double billions) {
        assertThat(DeclaredSize.parse(name)).contains(new DeclaredSize(billions));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o", "llama-8B", "8", "B", "0B", "-8B", "8x7B", ""})
    void nothingElseIs(String name) {
        assertThat(DeclaredSize.parse(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"$0.08,8", "$0.7,70", "$4.05,405", "$15,1500"})
    void aPriceIsReadAsTheSizeThatCostsAsMuch(String price, double billions) {
        assertThat(DeclaredPrice.parse(price))
                .hasValueSatisfying(size -> assertThat(size.billions()).isCloseTo(billions, within(1e-9)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.6", "$0", "$", "$-1", "$0.6/M", "€0.6", "8B"})
    void nothingElseIsAPrice(String name) {
        assertThat(DeclaredPrice.parse(name)).isEmpty();
    }

    @Test
    void theLineThroughTheKnownModelsIsReadAtTheSize() {
        // 1, 10 and 100 billion at logits 0, 2 and 4: two for each factor of ten. Models without a size do not count.
        var reading = new Reading(new float[] {0, 2, 50, 4, -70, 90}, new float[0], 1);

        assertThat(new DeclaredSize(10).logit(MODELS).of(reading)).isCloseTo(2, within(1e-9));
        assertThat(new DeclaredSize(1000).logit(MODELS).of(reading)).isCloseTo(6, within(1e-9));
        assertThat(new DeclaredSize(Math.sqrt(10)).logit(MODELS).of(reading)).isCloseTo(1, within(1e-9));
    }

    @Test
    void theRouterTellsAGuessFromAKnownPair() throws RouterModelException {
        var model = RouterModel.load("");

        assertThat(model.isGuess(new ModelPair("8B", "70B"))).isTrue();
        assertThat(model.isGuess(model.defaultPair())).isFalse();
        try (var scorer = model.scorer(new ModelPair("1B", "70B"))) {
            assertThat(scorer.scores(List.of("What is 2 + 2?"))[0]).isBetween(0.0, 1.0);
        }
        assertThat(model.isGuess(new ModelPair("$0.08", "$4"))).isTrue();
        try (var priced = model.scorer(new ModelPair("$0.08", "$0.7"));
                var sized = model.scorer(new ModelPair("8B", "70B"))) {
            assertThat(priced.scores(List.of("What is 2 + 2?")))
                    .containsExactly(sized.scores(List.of("What is 2 + 2?")));
        }
    }
}
