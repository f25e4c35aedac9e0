package pointsman.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pointsman.access.TierPolicy;
import pointsman.cache.CacheRule;
import pointsman.cache.ProviderCache;
import pointsman.cache.ProviderCache.Hint;
import pointsman.cache.ProviderCache.Prices;
import pointsman.cache.ProviderCache.Scope;
import pointsman.route.Decision;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CacheHintsTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Question QUESTION = new Question(
            List.of(List.of(0)),
            "{\"cache_salt\":\"another's\",\"prompt_cache_key\":\"another's\",\"messages\":[]}",
            new Decision.Pinned("large", TierPolicy.By.MODEL));

    @Test
    void aTenantsSaltIsTheSameForAllOfItsJobsAndNobodyElses() {
        var one = hinted("ann", "job_1", Hint.CACHE_SALT, 0).path("cache_salt").asString();

        assertThat(one).hasSize(32);
        assertThat(hinted("ann", "job_2", Hint.CACHE_SALT, 7).path("cache_salt").asString())
                .isEqualTo(one);
        assertThat(hinted("bob", "job_1", Hint.CACHE_SALT, 0).path("cache_salt").asString())
                .isNotEqualTo(one);
    }

    @Test
    void everyLaneOfAJobHasACacheKeyOfItsOwn() {
        var one = hinted("ann", "job_1", Hint.PROMPT_CACHE_KEY, 0)
                .path("prompt_cache_key")
                .asString();

        assertThat(one).hasSize(32);
        assertThat(hinted("ann", "job_1", Hint.PROMPT_CACHE_KEY, 1)
                        .path("prompt_cache_key")
                        .asString())
                .isNotEqualTo(one);
        assertThat(hinted("bob", "job_1", Hint.PROMPT_CACHE_KEY, 0)
                        .path("prompt_cache_key")
                        .asString())
                .isNotEqualTo(one);
    }

    @ParameterizedTest
    @EnumSource(value = Hint.class, names = "CACHE_CONTROL", mode = EnumSource.Mode.EXCLUDE)
    void aQuestionForAnotherUpstreamIsAsItWasWritten(Hint hint) {
        var plain = new Question(QUESTION.groups(), "{\"messages\":[], \"n\": 1.50}", QUESTION.grounds());

        var stored = hintedBody(plain, "ann", "job_1", hint, 3);

        assertThat(CacheHints.without(stored)).isEqualTo(plain.body());
    }

    private static JsonNode hinted(String tenant, String job, Hint hint, int lane) {
        return JSON.readTree(hintedBody(QUESTION, tenant, job, hint, lane));
    }

    private static String hintedBody(Question question, String tenant, String job, Hint hint, int lane) {
        var cache = new ProviderCache(
                "hinted", List.of(), Scope.PREFIX, new CacheRule(0, 16), 2, new Prices(0, 1), 0, hint, "2026-11");
        var hinted = new CacheHints("salt", tenant, job).hinted(List.of(question), List.of(List.of()), cache, lane);
        return hinted.getFirst().body();
    }
}
