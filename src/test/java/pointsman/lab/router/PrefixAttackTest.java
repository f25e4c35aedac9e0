package pointsman.lab.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixAttackTest {
    private static final List<String> TEXTS = IntStream.range(0, 100)
            .mapToObj(number -> "prompt alpha beta gamma " + "delta ".repeat(number))
            .toList();

    @Test
    void aWordThatSteersIsFound() {
        // Every "gamma" more costs a little; the length makes prompts differ.
        var attack =
                new PrefixAttack(text -> 1 - 0.05 * text.split("gamma", -1).length - 1e-3 * text.length() % 0.01, 1);

        assertThat(attack.report(TEXTS)).contains("100 % go there").contains("gamma gamma");
    }

    @Test
    void aScorerThatPrefixesDoNotMoveIsNotSteered() {
        var attack = new PrefixAttack(text -> 1.0 / (1 + text.length() - text.lastIndexOf("prompt")), 1);

        assertThat(attack.report(TEXTS)).contains("50 % go there");
    }

    @Test
    void fewPromptsAreTooFew() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrefixAttack(_ -> 0.5, 1).report(TEXTS.subList(0, 10)))
                .withMessageContaining("at least 32");
    }
}
