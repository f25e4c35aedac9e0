package pointsman.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextToScoreTest {
    private static final String QUESTION =
            "Which of the two proofs of the infinitude of primes needs fewer axioms, Euclid's or Furstenberg's, and why?";

    private final TextToScore text = new TextToScore();

    @Test
    void theLastUserTurnIsScored() {
        text.turn("user", "What is the capital of France?");
        text.turn("assistant", "Paris.");
        text.turn("user", QUESTION);

        assertThat(text).hasToString(QUESTION);
    }

    @Test
    void aSystemPromptIsNot() {
        text.turn("system", "You are a helpful assistant.");
        text.turn("developer", "Be brief.");
        text.turn("user", "Hi!");

        assertThat(text).hasToString("Hi!");
    }

    @Test
    void aShortTurnIsReadAfterWhatItFollows() {
        text.turn("user", QUESTION);
        text.turn("assistant", "Euclid's.");
        text.turn("user", "Are you sure?");
        text.turn("assistant", "Yes.");
        text.turn("user", "Go on.");

        assertThat(text).hasToString(QUESTION + "\nAre you sure?\nGo on.");
    }

    @Test
    void toolResultsLeaveTheScoreAlone() {
        text.turn("user", QUESTION);
        text.turn("assistant", "");
        text.turn("tool", "{\"rows\": []}");
        text.turn("user", "");

        assertThat(text).hasToString(QUESTION);
    }

    @Test
    void thousandsOfShortTurnsStayShort() {
        text.turn("user", QUESTION.repeat(1000));
        for (var turn = 0; turn < 10_000; turn++) {
            text.turn("user", "more " + turn);
        }

        assertThat(text.toString()).hasSizeLessThan(1100).endsWith("more 9999");
    }

    @Test
    void aLongTurnIsReadWhole() {
        text.turn("user", "one");
        text.turn("user", QUESTION.repeat(1000));

        assertThat(text).hasToString(QUESTION.repeat(1000));
    }

    @Test
    void nobodySaidAnything() {
        text.turn("assistant", "How can I help you?");

        assertThat(text.toString()).isEmpty();
    }
}
