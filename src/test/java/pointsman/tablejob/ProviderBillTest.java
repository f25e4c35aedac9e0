package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import pointsman.cache.CacheRule;
import pointsman.cache.Prediction;
import pointsman.cache.ProviderCache;
import pointsman.cache.ProviderCache.Hint;
import pointsman.cache.ProviderCache.Scope;

class ProviderBillTest {
    @Test
    void onlyWhatIsWrittenCostsTheWritePrice() {
        var cache = cache(0.1, 1.25);

        assertThat(cache.bill(new Prediction(2, 1000, 400, 200))).isEqualTo(0.04 + 0.25 + 0.4, within(1e-9));
        assertThat(cache.bill(new Prediction(2, 1000, 0, 0))).isEqualTo(1);
    }

    @Test
    void writingWhatNobodyReadsCostsMoreThanNoCache() {
        assertThat(cache(0.1, 1.25).bill(new Prediction(1, 1000, 0, 1000))).isEqualTo(1.25);
    }

    private static ProviderCache cache(double read, double write) {
        return new ProviderCache(
                "any", List.of(), Scope.PREFIX, new CacheRule(0, 1), 2, read, write, 0, Hint.NONE, "2026-11");
    }
}
