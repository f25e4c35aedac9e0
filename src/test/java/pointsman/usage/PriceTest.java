package pointsman.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PriceTest {
    private static final Price LARGE = price("2.50", "1.25", "10");
    private static final Price MARKED = new Price(
            new BigDecimal("3"),
            new BigDecimal("0.3"),
            new BigDecimal("3.75"),
            new BigDecimal("6"),
            new BigDecimal("15"));
    private static final Price FREE = price("0", "0", "0");

    @Test
    void aMillionTokensCostTheListPrice() {
        assertThat(LARGE.costMicros(new TokenUsage(1_000_000, 0, 0, 0, 0, false)))
                .isEqualTo(2_500_000);
    }

    @Test
    void cachedTokensCostTheirOwnPrice() {
        assertThat(LARGE.costMicros(new TokenUsage(1_000, 800, 0, 100, 0, false)))
                .isEqualTo(200 * 5 / 2 + 800 * 5 / 4 + 1_000);
    }

    @Test
    void tokensThatTheCacheTookInCostTheirOwnPrice() {
        assertThat(MARKED.costMicros(new TokenUsage(1_000, 500, 400, 10, 0, false)))
                .isEqualTo(100 * 3 + 150 + 1_500 + 150);
    }

    @Test
    void tokensThatTheCacheKeepsForAnHourCostMore() {
        assertThat(MARKED.costMicros(new TokenUsage(1_000, 500, 400, 300, 10, 0, false)))
                .isEqualTo(100 * 3 + 150 + 375 + 300 * 6 + 150);
    }

    @Test
    void halfAMicroDollarIsRoundedUp() {
        assertThat(price("0.5", "0", "0").costMicros(new TokenUsage(1, 0, 0, 0, 0, false)))
                .isEqualTo(1);
    }

    @Test
    void whatSmallAnswersSavesThePriceOfLarge() {
        var small = new Booking.By("small", "tiny", "score_at_or_above_threshold", FREE, LARGE);
        var large = new Booking.By("large", "huge", "score_below_threshold", LARGE, Pricing.unknown());

        assertThat(small.saved(new TokenUsage(100, 0, 0, 10, 0, false))).isEqualTo(350);
        assertThat(large.saved(new TokenUsage(100, 0, 0, 10, 0, false))).isZero();
    }

    @Test
    void whatHasNoPriceCostsWhatNobodyKnows() {
        var unpriced = new Booking.By("small", "tiny", "pinned_by_model", Pricing.unknown(), LARGE);

        assertThat(unpriced.cost(new TokenUsage(100, 0, 0, 10, 0, false), Units.NONE))
                .isEmpty();
        assertThat(unpriced.saved(new TokenUsage(100, 0, 0, 10, 0, false))).isZero();
    }

    @Test
    void aNegativePriceIsRefused() {
        assertThatThrownBy(() -> price("-1", "0", "0")).hasMessageStartingWith("input: must be 0 to");
    }

    private static Price price(String input, String cached, String output) {
        var fresh = new BigDecimal(input);
        return new Price(fresh, new BigDecimal(cached), fresh, fresh, new BigDecimal(output));
    }
}
