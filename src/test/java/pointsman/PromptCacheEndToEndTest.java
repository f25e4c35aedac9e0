package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.testing.Jobs;
import pointsman.testing.SharedGateway;
import pointsman.testing.SimulatedProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Table jobs against providers that keep a prompt cache by the rules of real ones: what was planned is
/// what is realised and charged.
@Timeout(60)
class PromptCacheEndToEndTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ROWS = 120;

    /// Long enough for the providers that cache from 1,024 tokens on.
    private static final String INSTRUCTION =
            "[[mode:priced]] " + "Say whether this beer is worth its price, and be fair to its style. ".repeat(80);

    @ParameterizedTest
    @CsvSource({
        "RULES_OF_VLLM_AND_OLDER_GPT,small,vLLM,8",
        "RULES_OF_VLLM_AND_OLDER_GPT,large,OpenAI before GPT-5.6,8",
        "RULES_OF_CLAUDE_AND_GPT,large,OpenAI GPT-5.6 and later,8",
        "BREAKING,large,DeepSeek,8",
        "RULES_OF_CLAUDE_AND_GPT,small,'Anthropic, 5 minutes',8",
    })
    void theBillIsAsForeseenAndNeverAboveThatOfTheGivenOrder(SharedGateway shared, String tier, String name, int lanes)
            throws Exception {
        var rule = SharedGateway.rule(name);
        var gateway = shared.get();

        try (var provider = SimulatedProvider.start(rule, Duration.ofMillis(3))) {
            gateway.upstream(tier).on("priced", provider);
            var jobs = new Jobs(gateway.client());
            var given = jobs.await(jobs.create(job(tier, "{\"reorder\": false, \"lanes\": " + lanes + "}")));
            var givenBill = provider.bill();
            provider.forget();
            var planned = jobs.await(jobs.create(job(tier, "{\"lanes\": " + lanes + "}")));
            var bill = provider.bill();

            assertThat(given.path("rows").path("answered").asInt()).isEqualTo(ROWS);
            assertThat(planned.path("rows").path("answered").asInt()).isEqualTo(ROWS);
            assertThat(planned.path("realised").path("cached_tokens").asLong()).isEqualTo(bill.cached());
            assertThat(bill.dollars(rule, SharedGateway.INPUT_DOLLARS, 0))
                    .isCloseTo(foreseen(planned), within(0.02 * foreseen(planned)));
            assertThat(bill.dollars(rule, SharedGateway.INPUT_DOLLARS, SharedGateway.OUTPUT_DOLLARS))
                    .isLessThanOrEqualTo(
                            1.001 * givenBill.dollars(rule, SharedGateway.INPUT_DOLLARS, SharedGateway.OUTPUT_DOLLARS));
            assertThat((double) bill.cached()).isGreaterThanOrEqualTo(0.99 * cachedPlanned(planned));
        }
    }

    private static double foreseen(JsonNode job) {
        return job.path("forecast").path("planned").path("input_cost_usd").asDouble();
    }

    private static double cachedPlanned(JsonNode job) {
        return job.path("forecast").path("planned").path("cached_tokens").asDouble();
    }

    private static ObjectNode job(String tier, String options) {
        return Jobs.ask(tier, INSTRUCTION, beers(), options);
    }

    private static List<ObjectNode> beers() {
        var random = new Random(7);
        return IntStream.range(0, ROWS)
                .mapToObj(row -> {
                    int beer = random.nextInt(30);
                    return JSON.createObjectNode()
                            .put("reviewer", "reviewer number " + random.nextInt(100))
                            .put("taste", random.nextInt(1, 11) + "/10")
                            .put("beer", "The long and winding name of beer " + beer)
                            .put("style", "A style that is told in some words, number " + beer % 7)
                            .put("brewery", "The brewery beside the river in town " + beer % 11);
                })
                .toList();
    }
}
