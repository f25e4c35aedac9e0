package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.cache.ProviderCache;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.SharedGateway;
import pointsman.testing.SimulatedProvider;
import pointsman.testing.SimulatedProvider.Bill;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What providers charge by their rules for a job, beside what was foreseen and what the given order costs.
@Timeout(120)
class PriceGuardTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LATENCY = Duration.ofMillis(40);
    private static final String INSTRUCTION =
            "[[mode:priced]] " + "Judge the beer by what is said of it, as a patient judge would. ".repeat(75);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RULES_OF_VLLM_AND_OLDER_GPT | vLLM                 | OpenAI before GPT-5.6",
                "RULES_OF_CLAUDE_AND_GPT     | Anthropic, 5 minutes | OpenAI GPT-5.6 and later",
                "RULES_OF_CLAUDE_AND_GEMINI  | Anthropic, 1 hour    | Gemini implicit",
                "BREAKING                    | none                 | DeepSeek"
            })
    void theBillIsAsForeseenAndNeverAboveThatOfTheGivenOrder(SharedGateway shared, String small, String large)
            throws Exception {
        check(shared.get(), "small", SharedGateway.rule(small));
        check(shared.get(), "large", SharedGateway.rule(large));
    }

    private static void check(Gateway gateway, String tier, ProviderCache rule) throws Exception {
        try (var provider = SimulatedProvider.start(rule, LATENCY)) {
            gateway.upstream(tier).on("priced", provider);
            check(new Jobs(gateway.client()), tier, provider, rule);
        }
    }

    private static void check(Jobs jobs, String tier, SimulatedProvider provider, ProviderCache rule) throws Exception {
        var foreseen = jobs.await(jobs.create(job(tier, "{\"lanes\": 4}"))).at("/forecast/planned");
        var planned = provider.bill();
        provider.forget();
        jobs.await(jobs.create(job(tier, "{\"lanes\": 4, \"reorder\": false}")));
        var given = provider.bill();

        assertThat(dollars(planned, rule)).as(rule.name()).isLessThanOrEqualTo(dollars(given, rule) * 1.0001);
        assertThat(dollars(planned, rule)).as(rule.name()).isCloseTo(cost(foreseen), within(0.02 * cost(foreseen)));
        if (!rule.name().equals("none")) {
            assertThat(planned.cached()).as(rule.name()).isGreaterThan(given.cached());
        }
    }

    private static double cost(JsonNode foreseen) {
        return foreseen.path("input_cost_usd").asDouble();
    }

    private static double dollars(Bill bill, ProviderCache rule) {
        return bill.dollars(rule, SharedGateway.INPUT_DOLLARS, 0);
    }

    private static ObjectNode job(String tier, String options) {
        return Jobs.ask(tier, INSTRUCTION, rows(), options);
    }

    /// What is unique stands first; what is shared stands in two columns, one within the other.
    private static List<ObjectNode> rows() {
        return IntStream.range(0, 90)
                .mapToObj(n -> JSON.createObjectNode()
                        .put("id", "beer " + n * 7919 % 90)
                        .put("brewery", words("brewery", n % 15, 60))
                        .put("style", words("style", n % 5, 120)))
                .toList();
    }

    private static String words(String what, int number, int count) {
        return "%s number %d ".formatted(what, number).repeat(count / 3);
    }
}
