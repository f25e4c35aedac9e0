package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Completions;
import pointsman.testing.FakeUpstream;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.SharedGateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The A/B guard of table jobs: an order of fields that changes answers is not used.
@Timeout(60)
class AccuracyGuardTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ROWS = 120, SAMPLE = 16;
    private static final String LONG = " and so on and on, in words that fill a block of the cache".repeat(6);
    private static final Gateway GATEWAY = SharedGateway.JOBS.get();
    private static final FakeUpstream LARGE = GATEWAY.large();
    private static final AtomicInteger CALLS = new AtomicInteger();

    private final Jobs jobs = new Jobs(GATEWAY.client());

    @BeforeAll
    static void modelsThatMindTheOrderOrDoNot() {
        answer("mindful", body -> user(body).startsWith("{\"name\"") ? "no" : "yes");
        answer("steady", _ -> " Yes");
        answer("moody", _ -> CALLS.getAndIncrement() < SAMPLE ? "no" : "yes");
    }

    @BeforeEach
    void forget() {
        GATEWAY.forget();
    }

    @Test
    void anOrderThatChangesAnswersIsNotUsed() throws Exception {
        var id = jobs.create(job("mindful", "\"temperature\": 0"));
        var job = jobs.await(id);

        assertThat(job.at("/ab_guard/decision").asString()).isEqualTo("given_order");
        assertThat(job.at("/ab_guard/rows").asInt()).isEqualTo(SAMPLE);
        assertThat(job.at("/ab_guard/agreement").asDouble()).isEqualTo(0);
        assertThat(jobs.results(id))
                .hasSize(ROWS)
                .allSatisfy(line -> assertThat(line.path("answer").asString()).isEqualTo("no"));
        assertThat(prompts()).hasSize(ROWS + SAMPLE).doesNotHaveDuplicates();
    }

    @Test
    void anOrderThatChangesNothingIsUsedAndNoRowIsPaidTwiceInIt() throws Exception {
        var id = jobs.create(job("steady", "\"temperature\": 0"));
        var job = jobs.await(id);

        assertThat(job.at("/ab_guard/decision").asString()).isEqualTo("planned_order");
        assertThat(job.at("/ab_guard/agreement").asDouble()).isEqualTo(1);
        assertThat(jobs.results(id)).hasSize(ROWS);
        assertThat(prompts()).hasSize(ROWS + SAMPLE).doesNotHaveDuplicates();
        assertThat(prompts())
                .filteredOn(prompt -> prompt.startsWith("{\"style\""))
                .hasSize(ROWS);
    }

    @Test
    void whatAModelChangesByItselfIsNotBlamedOnTheOrder() throws Exception {
        var id = jobs.create(job("moody", "\"lanes\": 1"));
        var job = jobs.await(id);

        assertThat(job.at("/ab_guard/agreement").asDouble()).isEqualTo(0);
        assertThat(job.at("/ab_guard/agreement_with_itself").asDouble()).isEqualTo(0);
        assertThat(job.at("/ab_guard/decision").asString()).isEqualTo("planned_order");
        assertThat(prompts()).hasSize(ROWS + 2 * SAMPLE);
        assertThat(new HashSet<>(prompts())).hasSize(ROWS + SAMPLE);
    }

    @Test
    void aDryRunTellsWhatTheComparisonCosts() throws Exception {
        var plain = jobs.dryRun(job("steady", "\"temperature\": 0, \"ab_guard\": false"));
        var guarded = jobs.dryRun(job("steady", "\"temperature\": 0"));

        assertThat(guarded.at("/ab_guard/extra/requests").asInt()).isEqualTo(SAMPLE);
        assertThat(guarded.at("/planned/requests").asInt()).isEqualTo(ROWS + SAMPLE);
        assertThat(guarded.at("/ab_guard/extra/cost_usd").asDouble()).isPositive();
        assertThat(guarded.at("/planned/cost_usd").asDouble())
                .isGreaterThan(plain.at("/planned/cost_usd").asDouble())
                .isLessThan(guarded.at("/unreordered/cost_usd").asDouble());
        assertThat(LARGE.calls()).isEmpty();
    }

    @Test
    void aTrialThatWouldCostMoreThanTheOrderSavesIsNotHeld() throws Exception {
        var rows = IntStream.range(0, 20)
                .mapToObj(n -> JSON.createObjectNode().put("n", n).put("m", -n))
                .toList();
        var id = jobs.create(Jobs.ask("large", "[[mode:steady]] Odd?", rows, "{\"ab_guard\": true}"));

        var job = jobs.await(id);

        assertThat(job.at("/ab_guard/decision").asString()).isEqualTo("not_needed");
        assertThat(LARGE.calls()).hasSize(20);
    }

    private static ObjectNode job(String mode, String option) {
        var options = "{\"ab_guard\": {\"rows\": %d}, %s}".formatted(SAMPLE, option);
        return Jobs.ask("large", "[[mode:%s]] Is it good?".formatted(mode), rows(), options)
                .set("output", JSON.readTree("{\"enum\": [\"yes\", \"no\"]}"));
    }

    private static List<ObjectNode> rows() {
        return IntStream.range(0, ROWS)
                .mapToObj(n -> JSON.createObjectNode().put("name", "beer " + n).put("style", "style " + n % 4 + LONG))
                .toList();
    }

    private static void answer(String mode, Function<JsonNode, String> answer) {
        LARGE.on(
                mode,
                (exchange, _) -> exchange.json(
                        200,
                        Completions.buffered(
                                "m",
                                Completions.quoted(answer.apply(exchange.call().json())))));
    }

    private static List<String> prompts() {
        return LARGE.calls().stream().map(call -> user(call.json())).toList();
    }

    private static String user(JsonNode request) {
        return request.path("messages").path(1).path("content").asString();
    }
}
