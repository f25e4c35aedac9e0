package pointsman.dialect.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeamTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', textBlock = """
            |the cat sat|            , |the cat sat on it|        , |the cat sat on it|
            |the cat sat|            , |cat sat on it|            , |the cat sat on it|
            |the cat sat|            , |sat on it|                , |the cat sat on it|
            |the cat sat|            , |on it|                    , |the cat sat on it|
            |the cat sat|            , | on it|                   , |the cat sat on it|
            |the cat |               , | sat|                     , |the cat sat|
            |the cat sat |           , |cat sat on it|            , |the cat sat on it|
            |the cat sat|            , | "cat sat on it|          , |the cat sat on it|
            |the cat sat|            , |...cat sat on it|         , |the cat sat on it|
            |the cat sat|            , |… sat on it|              , |the cat sat on it|
            |the cat sat|            , |"on it"|                  , |the cat sat"on it"|
            |the cat sat|            , |... and slept|            , |the cat sat... and slept|
            |He said "Hello wor|     , |"Hello world"|            , |He said "Hello world"|
            |the cat sat|            , |, on it|                  , |the cat sat, on it|
            |the conti|              , |continuation|             , |the continuation|
            |the conti|              , |the continuation|         , |the continuation|
            |made in|                , | intelligent design|      , |made in intelligent design|
            |made in|                , |intelligent design|       , |made in intelligent design|
            |made in|                , |in Japan|                 , |made in Japan|
            |made in|                , | in Japan|                , |made in Japan|
            |He|                     , |Hello|                    , |Hello|
            |The cat|                , |the cat|                  , |The cat the cat|
            |f(g(1)|                 , |);|                       , |f(g(1));|
            |pi is 3.14|             , |14 of them|               , |pi is 3.14 14 of them|
            |我们今天去公园|           , |今天去公园玩|              , |我们今天去公园玩|
            |我们今天去公园|           , |园玩|                     , |我们今天去公园玩|
            |我们今天去公园|           , |玩|                       , |我们今天去公园玩|
            |วันนี้อากาศดี|              , |อากาศดีมาก|                , |วันนี้อากาศดีมาก|
            |so 😀|                  , |😀 yes|                   , |so 😀 yes|
            ||                       , |anything|                 , |anything|
            """)
    void whatIsSaidTwiceStandsOnce(String said, String more, String whole) {
        assertThat(joined(said, false, more)).isEqualTo(whole);
    }

    @Test
    void newLinesDoNotHideWhatIsRepeated() {
        assertThat(joined("- one\n- tw", false, "\n\n- one\n- two\n- three")).isEqualTo("- one\n- two\n- three");
        assertThat(joined("one two\nthree", false, "two  three\n\nfour")).isEqualTo("one two\nthree\n\nfour");
        assertThat(joined("one two.\n", false, "two.\n\nthree")).isEqualTo("one two.\n\nthree");
    }

    @Test
    void aBreakOfTheLineBeforeSomethingNewStays() {
        assertThat(joined("1. one\n2. two", false, "\n3. three")).isEqualTo("1. one\n2. two\n3. three");
        assertThat(joined("if (a) {\n  }", false, "\n}\n")).isEqualTo("if (a) {\n  }\n}\n");
    }

    @Test
    void aContinuationThatOnlyRepeatsSaysNothing() {
        assertThat(joined("one two three", false, "two three")).isEqualTo("one two three");
        assertThat(joined("one two three ", false, "two three ")).isEqualTo("one two three ");
    }

    @Test
    void aRepetitionThatEndsBeforeWhatWasSaidIsNone() {
        assertThat(joined("one two three", false, "one two")).isEqualTo("one two three one two");
    }

    @ParameterizedTest
    @ValueSource(strings = {" very good", "very good", "\n\nvery good", "", " "})
    void byPrefillNothingIsLeftOut(String more) {
        assertThat(joined("it is very", true, more)).isEqualTo("it is very" + more);
    }

    @Test
    void byPrefillAnAnswerThatBeganAnewStandsOnce() {
        assertThat(joined("it is very", true, "it is very good")).isEqualTo("it is very good");
        assertThat(joined("it is", true, "it is very good")).isEqualTo("it isit is very good");
        assertThat(joined("it is very", true, "it is vain")).isEqualTo("it is veryit is vain");
    }

    @Test
    void whatIsNewIsToldAtOnce() {
        var seam = new Seam("one two three", false);

        assertThat(seam.take("two th")).isEmpty();
        assertThat(seam.take("ree")).isEmpty();
        assertThat(seam.take(" f")).isEqualTo(" f");
        assertThat(seam.take("our two")).isEqualTo("our two");
        assertThat(seam.end()).isEmpty();
    }

    @Test
    void theFirstLetterThatFitsNowhereEndsTheComparing() {
        assertThat(new Seam("one two three", false).take("x")).isEqualTo(" x");
        assertThat(new Seam("one two three", false).take("e")).isEqualTo(" e");
        assertThat(new Seam("one two three", true).take(" ")).isEmpty();
        assertThat(new Seam("one two three", true).take(" x")).isEqualTo(" x");
        assertThat(new Seam("one two", true).take(" ")).isEqualTo(" ");
    }

    @Test
    void whiteSpaceWithoutEndIsNotHeldBack() {
        var seam = new Seam("one two three", false);

        assertThat(seam.take(" ".repeat(100))).hasSize(100);
    }

    @Test
    void longAnswersTakeLinearTime() {
        var said = "a ".repeat(50_000);
        var seam = new Seam(said, false);
        var told = new StringBuilder();

        for (int piece = 0; piece < 30_000; piece++) {
            told.append(seam.take("a a "));
        }
        told.append(seam.end());

        assertThat(told).hasSize(120_000 - 100_000);
    }

    private static String joined(String said, boolean isExact, String more) {
        var seam = new Seam(said, isExact);
        return said + seam.take(more) + seam.end();
    }
}
