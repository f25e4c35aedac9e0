package pointsman.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pointsman.access.TierPolicy;
import pointsman.cache.CacheRule;
import pointsman.cache.ProviderCache;
import pointsman.cache.ProviderCache.Hint;
import pointsman.cache.ProviderCache.Prices;
import pointsman.cache.ProviderCache.Scope;
import pointsman.dialect.chat.PromptTokens;
import pointsman.route.Decision;
import pointsman.usage.Price;

class ForecastTest {
    private static final Decision DECISION = new Decision.Pinned("small", TierPolicy.By.MODEL);
    private static final ProviderCache CACHE = new ProviderCache(
            "any", List.of(), Scope.PREFIX, new CacheRule(0, 16), 2, new Prices(0.1, 1), 0, Hint.NONE, "2026-11");
    /// Dollars for a million tokens: input, cached, written for minutes, written for an hour, output.
    private static final Price PRICE =
            new Price(BigDecimal.TEN, BigDecimal.ONE, BigDecimal.TEN, BigDecimal.TEN, new BigDecimal("100"));

    @Test
    void aForecastIsWhatTheCacheLeavesAtTheModelsPrice() {
        var sending = sending(List.of(0), List.of(1), List.of(2));

        var forecast = Forecast.of(sending, CACHE, PRICE, 1, 7);

        assertThat(forecast.requests()).isEqualTo(3);
        assertThat(forecast.input())
                .isEqualTo(IntStream.of(sending.prompts().sizes()).sum());
        assertThat(forecast.cached())
                .isPositive()
                .isEqualTo(2L * 16 * (sending.prompts().shared()[1] / 16));
        assertThat(forecast.output()).isEqualTo(3 * 7);
        assertThat(forecast.inputMicros()).isEqualTo(10 * (forecast.input() - forecast.cached()) + forecast.cached());
        assertThat(forecast.costMicros()).isEqualTo(forecast.inputMicros() + 100 * forecast.output());
    }

    @Test
    void aQuestionForSeveralGroupsHasAnAnswerForEach() {
        var packed = new Question(List.of(List.of(0), List.of(1, 2)), body(0), DECISION);

        var forecast = Forecast.of(Sending.of("small", List.of(packed), CACHE, new PromptTokens()), CACHE, PRICE, 1, 7);

        assertThat(forecast.output()).isEqualTo(2 * 7);
    }

    @Test
    void forecastsAddUpAndAShareIsRounded() {
        var one = new Forecast(1, 10, 5, 3, 7, 100, 101, true);
        var other = new Forecast(2, 20, 10, 6, 14, 200, 203, true);

        assertThat(one.plus(other)).isEqualTo(new Forecast(3, 30, 15, 9, 21, 300, 304, true));
        assertThat(one.plus(other).minus(other)).isEqualTo(one);
        assertThat(other.times(0.5)).isEqualTo(new Forecast(1, 10, 5, 3, 7, 100, 102, true));
        assertThat(one.times(0)).isEqualTo(Forecast.NOTHING);
    }

    @SafeVarargs
    private static Sending sending(List<Integer>... groups) {
        var questions = IntStream.range(0, groups.length)
                .mapToObj(item -> new Question(List.of(groups[item]), body(item), DECISION))
                .toList();
        return Sending.of("small", questions, CACHE, new PromptTokens());
    }

    private static String body(int item) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"%s %d\"}]}"
                .formatted("What all of them share. ".repeat(20), item);
    }
}
