package pointsman.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pointsman.access.TierPolicy;
import pointsman.cache.ProviderCache;
import pointsman.fleet.Model;
import pointsman.job.Destinations;
import pointsman.job.Endpoint;
import pointsman.job.Question;
import pointsman.plan.PlanOptions.Orders;
import pointsman.route.Decision;
import pointsman.testing.SampleModel;
import pointsman.testing.SampleRoutes;
import pointsman.usage.Price;

/// When fields of a batch move.
class BatchPlannerTest {
    private static final String STYLE = "an IPA as it is brewed in the west, bitter and clear, ".repeat(8);

    @Test
    void fieldsMoveWhereTheRuleMakesThatCheaper() throws Exception {
        assertThat(sent("vLLM", Optional.of(Orders.FIXED)))
                .allSatisfy(body -> assertThat(body).contains("{\\\"style\\\""));
    }

    @Test
    void fieldsStayWithoutTheClientsLeave() throws Exception {
        assertThat(sent("vLLM", Optional.empty())).isEqualTo(written());
    }

    @Test
    void fieldsStayWhereNothingIsSavedByIt() throws Exception {
        assertThat(sent("none", Optional.of(Orders.PER_ROW))).isEqualTo(written());
    }

    private static List<String> sent(String rule, Optional<Orders> fields) throws IOException {
        var cache = ProviderCache.packaged().stream()
                .filter(known -> known.name().equals(rule))
                .findFirst()
                .orElseThrow();
        var routes = SampleRoutes.of(upstream("small"), upstream("large"));
        var router = routes.router(SampleRoutes.scoring(0.9));
        var plan = new BatchPlanner(new Destinations(router, routes.models(), _ -> cache, _ -> 1))
                .plan(questions(), Endpoint.CHAT, fields);
        return plan.getFirst().sending().questions().stream()
                .map(Question::body)
                .toList();
    }

    private static List<String> written() {
        return questions().stream().map(Question::body).toList();
    }

    private static List<Question> questions() {
        return IntStream.range(0, 8)
                .mapToObj(n -> new Question(
                        List.of(List.of(n)),
                        "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"{\\\"id\\\": %d, \\\"style\\\": \\\"%s\\\"}\"}]}"
                                .formatted(n, STYLE),
                        new Decision.Pinned("small", TierPolicy.By.MODEL)))
                .toList();
    }

    private static Model upstream(String name) {
        var price = new Price(BigDecimal.TEN, BigDecimal.ONE, BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN);
        return SampleModel.named(name).costing(price).model();
    }
}
