package pointsman.dialect.continuation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
    @Test
    void whatWasSaidBeforeIsSwallowed() {
        var replay = new Replay("Once upon");

        assertThat(replay.next("Once")).contains("");
        assertThat(replay.isOver()).isFalse();
        assertThat(replay.next(" upon")).contains("");
        assertThat(replay.isOver()).isTrue();
        assertThat(replay.next(" a time")).contains(" a time");
    }

    /// Several replays must not depend on where the engine cuts its pieces.
    @ParameterizedTest
    @ValueSource(strings = {"Once upon a time", "O|nce up|on a tim|e", "Once upon| a time", "|Once |upon a| time|"})
    void theRestIsTheSameHoweverItIsCut(String pieces) {
        var replay = new Replay("Once upo");
        var rest = new StringBuilder();

        for (var piece : pieces.split("\\|", -1)) {
            rest.append(replay.next(piece).orElseThrow());
        }

        assertThat(rest).hasToString("n a time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Twice", "Once, there", "Once upon"})
    void anotherAnswerIsNoticed(String piece) {
        assertThat(new Replay("Once there was").next(piece)).isEmpty();
    }

    @Test
    void afterNothingEverythingIsNew() {
        var replay = new Replay("");

        assertThat(replay.isOver()).isTrue();
        assertThat(replay.next("Once")).contains("Once");
    }

    @Test
    void aCharacterOfTwoUnitsIsComparedAsOne() {
        var replay = new Replay("a 😀");

        assertThat(replay.next("a 😀!")).contains("!");
        assertThat(new Replay("a 😀").next("a 😁")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"temperature":0}                 | true
                    {"temperature":0.0,"n":1}         | true
                    {"temperature":0.8,"seed":42}     | true
                    {"seed":0}                        | true
                    {"temperature":0,"n":2}           | false
                    {"temperature":0.8}               | false
                    {"temperature":0.8,"seed":-1}     | false
                    {}                                | false
                    nothing                           | false
                    """)
    void itIsExactWithoutChanceAndWithItsNumber(String body, boolean isExact) {
        assertThat(Replay.isExact(body.getBytes(UTF_8))).isEqualTo(isExact);
    }
}
