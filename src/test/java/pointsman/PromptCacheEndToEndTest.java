package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.cache.ProviderCache;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.SimulatedProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Table jobs against providers that keep a prompt cache by the rules of real ones: what was planned is what is
/// realised and charged.
@Timeout(60)
class PromptCacheEndToEndTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ROWS = 120;
    private static final double INPUT_PRICE = 2;
    private static final double OUTPUT_PRICE = 8;

    /// Long enough for the providers that cache from 1,024 tokens on.
    private static final String INSTRUCTION =
            "Say whether this beer is worth its price, and be fair to its style. ".repeat(80);

    @ParameterizedTest
    @CsvSource({
        "vLLM,8",
        "OpenAI before GPT-5.6,8",
        "OpenAI GPT-5.6 and later,8",
        "DeepSeek,8",
        "'Anthropic, 5 minutes',8",
    })
    void theBillIsAsForeseenAndNeverAboveThatOfTheGivenOrder(String name, int lanes) throws Exception {
        var rule = rule(name);

        try (var provider = SimulatedProvider.start(rule, Duration.ofMillis(3));
                var gateway = gateway(provider, rule)) {
            var jobs = new Jobs(gateway.client());
            var given = jobs.await(jobs.create(job("{\"reorder\": false, \"lanes\": " + lanes + "}")));
            var givenBill = provider.bill();
            provider.forget();
            var planned = jobs.await(jobs.create(job("{\"lanes\": " + lanes + "}")));
            var bill = provider.bill();

            assertThat(given.path("rows").path("answered").asInt()).isEqualTo(ROWS);
            assertThat(planned.path("rows").path("answered").asInt()).isEqualTo(ROWS);
            assertThat(planned.path("realised").path("cached_tokens").asLong()).isEqualTo(bill.cached());
            assertThat(bill.dollars(rule, INPUT_PRICE, 0))
                    .isCloseTo(foreseen(planned), within(0.02 * foreseen(planned)));
            assertThat(bill.dollars(rule, INPUT_PRICE, OUTPUT_PRICE))
                    .isLessThanOrEqualTo(1.001 * givenBill.dollars(rule, INPUT_PRICE, OUTPUT_PRICE));
            assertThat((double) bill.cached()).isGreaterThanOrEqualTo(0.99 * cachedPlanned(planned));
        }
    }

    private static double foreseen(JsonNode job) {
        return job.path("forecast").path("planned").path("input_cost_usd").asDouble();
    }

    private static double cachedPlanned(JsonNode job) {
        return job.path("forecast").path("planned").path("cached_tokens").asDouble();
    }

    private static ProviderCache rule(String name) throws IOException {
        return ProviderCache.packaged().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Gateway gateway(SimulatedProvider provider, ProviderCache rule) {
        return Gateway.with(
                "pointsman.upstreams.large.base-url=" + provider.baseUrl(),
                "pointsman.upstreams.large.price.input=" + INPUT_PRICE,
                "pointsman.upstreams.large.price.cached-input=" + INPUT_PRICE * rule.readFactor(),
                "pointsman.upstreams.large.price.cache-write=" + INPUT_PRICE * rule.writeFactor(),
                "pointsman.upstreams.large.price.output=" + OUTPUT_PRICE,
                "pointsman.batch.providers.large=" + rule.name());
    }

    private static ObjectNode job(String options) {
        return Jobs.ask("large", INSTRUCTION, beers(), options);
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
