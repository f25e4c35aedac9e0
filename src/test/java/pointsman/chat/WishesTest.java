package pointsman.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import pointsman.failure.FailureException;

/// What clients wish by headers.
class WishesTest {
    private static final Duration MOST = Duration.ofMinutes(10);

    @Test
    void whoSaysNothingHasWhatIsUsual() {
        var wishes = Wishes.of(new HttpHeaders(), 7);

        assertThat(wishes.heldWords()).isEqualTo(7);
        assertThat(wishes.tellsSeams()).isFalse();
        assertThat(wishes.limit(false, MOST)).isEqualTo(MOST);
    }

    @Test
    void allIsHeldByItsName() {
        assertThat(of("x-pointsman-hold", "all").heldWords()).isEqualTo(Integer.MAX_VALUE);
        assertThat(of("x-pointsman-hold", "40").heldWords()).isEqualTo(40);
    }

    @Test
    void aTimeOfItsOwnIsForAllOfTheAnswer() {
        var wishes = of("x-pointsman-timeout", "2.5");

        assertThat(wishes.limit(false, MOST)).isEqualTo(Duration.ofMillis(2500));
        assertThat(wishes.limit(true, MOST)).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void theTimeOfAnSdkEndsWhenAStreamBegins() {
        var wishes = of("x-stainless-timeout", "20");

        assertThat(wishes.limit(false, MOST)).isEqualTo(Duration.ofSeconds(20));
        assertThat(wishes.limit(true, MOST)).isEqualTo(MOST);
    }

    @Test
    void nobodyWaitsLongerThanTheGateway() {
        assertThat(of("x-pointsman-timeout", "86400").limit(false, MOST)).isEqualTo(MOST);
    }

    @ParameterizedTest
    @CsvSource({"x-pointsman-timeout,0", "x-pointsman-timeout,soon", "x-pointsman-timeout,-1", "x-pointsman-hold,0"})
    void whatIsNoneIsRefused(String header, String value) {
        assertThatThrownBy(() -> of(header, value))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining(header);
    }

    @Test
    void anSdksHeaderThatIsNoNumberIsNobodysFault() {
        assertThat(of("x-stainless-timeout", "undefined").limit(false, MOST)).isEqualTo(MOST);
    }

    private static Wishes of(String header, String value) {
        var headers = new HttpHeaders();
        headers.set(header, value);
        return Wishes.of(headers, 1);
    }
}
