package pointsman.fleet.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Duration LEAST = Duration.ofSeconds(10);
    private static final Duration MOST = Duration.ofMinutes(5);
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final Pace pace = new Pace(false);
    private final Pace local = new Pace(true);

    @Test
    void aProviderThatIsNotMeasuredGetsTheLeast() {
        assertThat(pace.firstWordWithin(LEAST, MOST, 1_000_000)).isEqualTo(LEAST);
        assertThat(pace.wholeWithin(LEAST, MOST, 1_000_000, 1_000_000)).isEqualTo(LEAST);
        assertThat(pace.usualWorst()).isEmpty();
    }

    @Test
    void anEngineOnACpuIsSlowUntilItShowsOtherwise() {
        assertThat(local.firstWordWithin(LEAST, MOST, 100)).isEqualTo(LEAST);
        assertThat(local.firstWordWithin(LEAST, MOST, 4_000)).isEqualTo(Duration.ofSeconds(60));
        assertThat(local.wholeWithin(LEAST, MOST, 400, 400)).isEqualTo(Duration.ofSeconds(66));
        assertThat(local.firstWordWithin(LEAST, MOST, 1_000_000)).isEqualTo(MOST);

        IntStream.range(0, 20).forEach(call -> local.spoke(100 * call, HALF_A_SECOND));

        assertThat(local.firstWordWithin(LEAST, MOST, 4_000)).isEqualTo(LEAST);
    }

    @Test
    void aLongerPromptGetsMoreTime() {
        IntStream.rangeClosed(1, 20).forEach(call -> pace.spoke(1_000 * call, Duration.ofMillis(200 + 1_000L * call)));

        assertThat(pace.firstWordWithin(LEAST, MOST, 1_000)).isEqualTo(LEAST);
        assertThat(millis(pace.firstWordWithin(LEAST, MOST, 50_000))).isBetween(150_500L, 150_700L);
    }

    @Test
    void aLongerAnswerGetsMoreTime() {
        IntStream.range(0, 10).forEach(_ -> pace.answered(100, 1_000, Duration.ofSeconds(20)));

        assertThat(millis(pace.wholeWithin(LEAST, MOST, 100, 2_000))).isBetween(119_900L, 120_100L);
    }

    @Test
    void promptsOfOneLengthSayNothingAboutLongerOnes() {
        IntStream.range(0, 20).forEach(_ -> local.spoke(1_000, Duration.ofSeconds(8)));

        assertThat(local.firstWordWithin(LEAST, MOST, 1_000)).isEqualTo(Duration.ofSeconds(24));
        assertThat(local.firstWordWithin(LEAST, MOST, 5_000)).isEqualTo(Duration.ofSeconds(84));
    }

    @Test
    void theUsualWorstIsThatOfNineteenInTwenty() {
        IntStream.rangeClosed(1, 19).forEach(call -> pace.spoke(10, Duration.ofMillis(call)));
        assertThat(pace.usualWorst()).isEmpty();

        pace.spoke(10, Duration.ofSeconds(9));
        assertThat(pace.usualWorst()).contains(Duration.ofMillis(19));

        IntStream.rangeClosed(1, 100).forEach(call -> pace.spoke(10, Duration.ofMillis(call)));
        assertThat(pace.usualWorst()).contains(Duration.ofMillis(95));
    }

    @Test
    void eachWaitThatWasTooShortMakesTheNextOneLonger() {
        var wait = LEAST;
        for (int call = 0; call < 3; call++) {
            pace.late(100, 0, wait);
            var next = pace.firstWordWithin(LEAST, MOST, 100);

            assertThat(next).isGreaterThan(wait);
            wait = next;
        }
        IntStream.range(0, 20).forEach(_ -> pace.late(100, 0, MOST));
        assertThat(pace.firstWordWithin(LEAST, Duration.ofHours(9), 100)).isLessThanOrEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void whoSpeaksAgainIsWaitedForAsBefore() {
        pace.late(100, 0, Duration.ofSeconds(40));

        IntStream.range(0, 10).forEach(_ -> pace.spoke(100, HALF_A_SECOND));

        assertThat(pace.firstWordWithin(LEAST, MOST, 100)).isEqualTo(LEAST);
    }

    @Test
    void aWholeAnswerThatCameTooLateSaysNothingAboutFirstWords() {
        pace.late(100, 4_000, Duration.ofSeconds(60));

        assertThat(pace.wholeWithin(LEAST, MOST, 100, 4_000)).isEqualTo(Duration.ofSeconds(90));
        assertThat(pace.firstWordWithin(LEAST, MOST, 100)).isEqualTo(LEAST);
    }

    @Property
    void limitsStayBetweenTheLeastAndTheMost(
            @ForAll boolean isLocal,
            @ForAll @Size(max = 60) List<@IntRange(min = -1) Integer> numbers,
            @ForAll @IntRange(min = 0) int characters) {
        var any = new Pace(isLocal);
        for (var number : numbers) {
            any.spoke(number, Duration.ofMillis(Math.abs(number % 100_000)));
            any.answered(number, number, Duration.ofMillis(Math.abs(number % 77_777)));
            any.late(number, number % 3, Duration.ofMillis(Math.abs(number % 5_555)));
        }

        assertThat(any.firstWordWithin(LEAST, MOST, characters)).isBetween(LEAST, MOST);
        assertThat(any.wholeWithin(LEAST, MOST, characters, characters)).isBetween(LEAST, MOST);
        assertThat(any.firstWordWithin(LEAST, MOST, characters))
                .isGreaterThanOrEqualTo(any.firstWordWithin(LEAST, MOST, characters / 2));
    }

    @Property(tries = 200)
    void oneCallInFiveMayBeFarOff(
            @ForAll @DoubleRange(min = 0.1, max = 5) double constant,
            @ForAll @DoubleRange(min = 1, max = 10) double slopeMillis,
            @ForAll long seed) {
        var slope = slopeMillis / 1_000;
        var random = new Random(seed);
        for (int call = 0; call < 50; call++) {
            var characters = random.nextInt(100, 10_000);
            var seconds = call % 5 == 0 ? random.nextDouble() * 100 : constant + slope * characters;
            pace.spoke(characters, Duration.ofNanos((long) (seconds * 1e9)));
        }

        var expected = 3 * (constant + slope * 20_000);
        assertThat(millis(pace.firstWordWithin(Duration.ZERO, Duration.ofHours(9), 20_000)) / 1e3)
                .isBetween(0.6 * expected, 1.5 * expected);
    }

    private static long millis(Duration duration) {
        return duration.toMillis();
    }
}
