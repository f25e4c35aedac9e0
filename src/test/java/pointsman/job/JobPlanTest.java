package pointsman.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pointsman.access.TierPolicy;
import pointsman.cache.CacheRule;
import pointsman.cache.ProviderCache;
import pointsman.cache.ProviderCache.Hint;
import pointsman.cache.ProviderCache.Prices;
import pointsman.cache.ProviderCache.Scope;
import pointsman.dialect.chat.PromptTokens;
import pointsman.job.JobPlan.Part;
import pointsman.job.LanePlan.Arm;
import pointsman.route.Decision;

class JobPlanTest {
    private static final Decision DECISION = new Decision.Pinned("small", TierPolicy.By.MODEL);
    private static final CacheHints HINTS = new CacheHints("salt", "ann", "job_1");
    private static final ProviderCache PREFIX = cache(Scope.PREFIX, 2);

    @Test
    void lanesAreContiguousAndHoldEveryQuestionOnce() {
        var lanes = plan(part(PREFIX, 3, Arm.SENT)).lanes(HINTS);

        assertThat(lanes).hasSize(3);
        assertThat(lanes.stream().flatMap(JobPlanTest::items)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void aLaneIsCutWhereItsQuestionsShareLeast() {
        var lanes = plan(part(PREFIX, 3, Arm.SENT)).lanes(HINTS);

        assertThat(lanes.stream().map(lane -> items(lane).toList()))
                .containsExactly(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6, 7, 8));
    }

    @Test
    void everyLaneButAPartsFirstWaitsForItsLeadersFirstAnswer() {
        var lanes = plan(part(PREFIX, 3, Arm.SENT), part(PREFIX, 2, Arm.SENT)).lanes(HINTS);

        assertThat(lanes).extracting(LanePlan::leader).containsExactly(0, 0, 0, 3, 3);
        assertThat(lanes).extracting(LanePlan::leads).containsOnly(1);
    }

    @Test
    void whereTheThirdRequestIsTheFirstToHitALaneWaitsForTwoAnswers() {
        var lanes = plan(part(cache(Scope.PREFIX, 3), 3, Arm.SENT)).lanes(HINTS);

        assertThat(lanes).extracting(LanePlan::leads).containsOnly(2);
    }

    @Test
    void lanesOnSlotsWaitForNobody() {
        var lanes = plan(part(cache(Scope.SLOT, 2), 3, Arm.SENT)).lanes(HINTS);

        assertThat(lanes).extracting(LanePlan::leader).containsExactly(0, 1, 2);
        assertThat(lanes).extracting(LanePlan::leads).containsOnly(0);
    }

    @Test
    void theArmsOfATrialKeepTheirLanesApart() {
        var lanes = plan(part(PREFIX, 1, Arm.SENT), part(PREFIX, 1, Arm.PLANNED), part(PREFIX, 1, Arm.GIVEN))
                .lanes(HINTS);

        assertThat(lanes).extracting(LanePlan::arm).containsExactly(Arm.SENT, Arm.PLANNED, Arm.GIVEN);
        assertThat(lanes).extracting(LanePlan::leader).containsExactly(0, 1, 2);
    }

    private static Stream<Integer> items(LanePlan lane) {
        return lane.questions().stream()
                .map(question -> question.groups().getFirst().getFirst());
    }

    private static JobPlan<String> plan(Part... parts) {
        return new JobPlan<>(9, List.of(parts), "");
    }

    /// Nine questions of three beginnings of their own, behind one that all share.
    private static Part part(ProviderCache cache, int lanes, Arm arm) {
        var questions = IntStream.range(0, 9).mapToObj(JobPlanTest::question).toList();
        return new Part(Sending.of("small", questions, cache, new PromptTokens()), cache, lanes, arm);
    }

    private static Question question(int item) {
        var text = "What all of them share, word by word. ".repeat(8) + ("Group " + item / 3 + ". ").repeat(20) + item;
        var body = "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(text);
        return new Question(List.of(List.of(item)), body, DECISION);
    }

    private static ProviderCache cache(Scope scope, int hitsFrom) {
        return new ProviderCache(
                "any", List.of(), scope, new CacheRule(0, 16), hitsFrom, new Prices(0.1, 1), 0, Hint.NONE, "2026-11");
    }
}
